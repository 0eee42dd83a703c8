"""A submission that has been found and not read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ..results import HandedIn
from . import reading
from .source import Kind, StudentSource

__all__ = ["KINDS", "Attempt", "Submitted"]

Attempt = Literal["last", "best"]
"""Which attempt of a student's, where there are several: the last, or all, of which the best will count."""

KINDS: dict[str, Kind] = {".zip": "zip", ".ipynb": "notebook", ".py": "folder"}
"""What a file is by its suffix; a module alone is as a folder with nothing else in it."""


@dataclass(frozen=True)
class Submitted:
    """One submission that has not been read yet.

    Attributes:
        identifier: unique in the run, bounded, safe as a file name on any system.
        name: the file's or folder's own name, cleaned for showing.
        path: where it is, absolute and without links.
        kind: what it is.
        handed_in: who handed in, and when, where a download says it.
        attempt_of: where several attempts are graded, whose this one is: the identifier that the best one gets.
    """

    identifier: str
    name: str
    path: Path
    kind: Kind
    handed_in: HandedIn | None = None
    attempt_of: str = ""

    def read(self) -> StudentSource:
        """Read its bytes, within bounds; what was passed over is in the ``warnings``.

        Raises:
            SubmissionError: if it, or what may be work in it, can't be read.
        """
        files, warnings = (reading.read_folder if self.path.is_dir() else reading.read_file)(self.path)
        return StudentSource(self.identifier, self.name, self.kind, files, reading.digest(self.kind, files), warnings)
