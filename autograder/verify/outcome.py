"""What verify found: plain data."""

from __future__ import annotations

from typing import Any

import msgspec

__all__ = ["Outcome"]


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """How one part ended.

    Attributes:
        part: its name.
        proves: what holds if it ends well, in a few words.
        ok: whether it does; ``None`` where the exercise has nothing of the kind.
        summary: counts.
        findings: what is wrong, each a sentence, or a heading with lines below it.
        notes: what is worth knowing and nothing wrong.
        figures: the counts as data.
        seconds: how long it took.
    """

    part: str
    proves: str
    ok: bool | None
    summary: str
    findings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    figures: dict[str, Any] = {}
    seconds: float = 0.0
