"""Marks into a gradebook that was exported from Canvas.

Canvas's importer wants the header to begin with ``Student,ID`` (or ``LastName,FirstName,ID``), to have
``Section`` as the last column about the student, and finds an assignment by the number in its
column's heading.  All of that is the sheet's own, and stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..errors import UsageError
from .sheet import Sheet

__all__ = ["CanvasSheet"]

ASSIGNMENT = re.compile(r"(?P<title>.*) \((?P<id>\d+)\)", re.S)
NO_ASSIGNMENT = re.compile(r"(?:.* )?(?:Current|Final|Unposted Current|Unposted Final|Override) (?:Score|Points|Grade)")
KEYS = ("SIS User ID", "SIS Login ID", "Integration ID")


class CanvasSheet:
    """Where in a Canvas gradebook what is.

    Args:
        sheet: the sheet.
        name: its file's name, for complaints.

    Raises:
        UsageError: if it is no Canvas gradebook.
    """

    def __init__(self, sheet: Sheet, name: str) -> None:
        self.sheet = sheet
        self._name = name
        self.header = sheet.values(0)
        if not ("ID" in self.header[1:3] and "Section" in self.header):
            raise UsageError(
                f"{name}: not a Canvas gradebook (its first row has no Student, ID and Section); "
                "export one in Canvas: Grades, Export"
            )
        self.points_row = next(
            (row for row in range(1, min(len(sheet.rows), 6)) if "Points Possible" in sheet.value(row, 0)), None
        )

    @property
    def students(self) -> Iterator[int]:
        """The rows of students."""
        first = 1 if self.points_row is None else self.points_row + 1
        at = self.header.index("ID")
        return (row for row in range(first, len(self.sheet.rows)) if self.sheet.value(row, at))

    def identity(self, row: int) -> tuple[str, frozenset[str], frozenset[str]]:
        """A student's name, number and keys."""
        at = self.header.index("ID")
        name = ", ".join(self.sheet.value(row, column) for column in range(at))
        keys = {self.sheet.value(row, self.header.index(key)) for key in KEYS if key in self.header}
        return name, frozenset({self.sheet.value(row, at)}), frozenset(keys - {""})

    def assignment(self, wanted: str | None) -> int:
        """The column of an assignment: by its heading, its title or its number; without one, the only one.

        Raises:
            UsageError: if there is none, or more than one.
        """
        possible = [column for column in range(self.header.index("Section") + 1, len(self.header)) if self._is(column)]
        titles = [self.header[column] for column in possible]
        if wanted is not None:
            possible = _named(wanted, possible, titles)
        if len(possible) == 1:
            return possible[0]
        says = "name one with --column" if wanted is None else f"--column {wanted!r} fits {len(possible)} of them"
        raise UsageError(f"{self._name}: {says}; it has the assignments {', '.join(map(repr, titles[:20])) or 'none'}")

    def points(self, column: int) -> str:
        """What the sheet says an assignment is worth; nothing if it doesn't."""
        return "" if self.points_row is None else self.sheet.value(self.points_row, column)

    def _is(self, column: int) -> bool:
        """Whether an assignment's marks can be written into a column."""
        heading = self.header[column]
        return bool(heading) and not NO_ASSIGNMENT.fullmatch(heading) and "read only" not in self.points(column).lower()


def _named(wanted: str, possible: Sequence[int], titles: Sequence[str]) -> list[int]:
    """The columns that a name fits best: by heading, else by number, else by title."""
    split = [ASSIGNMENT.fullmatch(heading) for heading in titles]
    numbers = [found["id"] if found else "" for found in split]
    names = [found["title"] if found else "" for found in split]
    for words in (titles, numbers, names):
        fitting = [column for column, word in zip(possible, words, strict=True) if word == wanted]
        if fitting:
            return fitting
    return []
