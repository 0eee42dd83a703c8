"""What the readers of the three forms have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...results import HandedIn

__all__ = ["Packet", "Sorted"]


@dataclass(frozen=True)
class Packet:
    """One attempt of one student, or of one group.

    Attributes:
        who: as the download names them; the same for all their attempts.
        files: for each path in the submission, the name in the download.
        handed_in: who and when, where the download says it.
        notes: what else there is to tell about it, in plain sentences.
    """

    who: str
    files: Mapping[str, str]
    handed_in: HandedIn | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sorted:
    """A download, sorted out.

    Attributes:
        packets: a student's attempts follow one another, the last at the end.
        passed_over: what is nobody's, with the reason.
    """

    packets: tuple[Packet, ...]
    passed_over: tuple[str, ...] = ()
