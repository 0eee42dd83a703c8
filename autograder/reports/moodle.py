"""Marks and feedback into Moodle's offline grading worksheet.

Its headings are written in the site's language.  Those that we know are found by name; otherwise the
sheet's own form tells: the first column names the participant by number, the highest grade is a
column that says the same number everywhere, and the grade stands before it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from ..errors import UsageError
from .matching import Row
from .sheet import Sheet

__all__ = ["MoodleSheet"]

GRADE = frozenset(
    {
        "grade",
        "bewertung",
        "note",
        "calificación",
        "valutazione",
        "cijfer",
        "nota",
        "avaliação",
        "ocena",
        "betyg",
        "karakter",
        "arvosana",
        "hodnocení",
        "оценка",
        "оцінка",
        "成績",
        "成绩",
        "评分",
        "評点",
        "등급",
    }
)
FEEDBACK = frozenset(
    {
        "feedback comments",
        "feedback als kommentar",
        "feedback par commentaires",
        "comentarios de retroalimentación",
        "commenti",
        "feedback-opmerkingen",
        "comentários de feedback",
    }
)
KEYS = frozenset({"id number", "idnumber", "id-nummer", "username", "anmeldename"})
"""Headings of what names one person and no other, beside the address."""

NUMBERED = re.compile(r"\D*?(\d{1,20})")
AMOUNT = re.compile(r"\d+(?:[.,]\d+)?")


class MoodleSheet:
    """Where in a worksheet what is.

    Args:
        sheet: the sheet.
        name: its file's name, for complaints.
        grade: the grade column's heading, where it isn't recognised.
        feedback: the feedback column's heading, where it isn't recognised.

    Raises:
        UsageError: if it is no worksheet, or a column isn't found.
    """

    def __init__(self, sheet: Sheet, name: str, grade: str | None = None, feedback: str | None = None) -> None:
        self.sheet = sheet
        self._name = name
        self.header = sheet.values(0)
        first = [sheet.value(row, 0) for row in self.students]
        if len(self.header) < 3 or not first or not all(NUMBERED.fullmatch(cell) for cell in first):
            raise UsageError(
                f"{name}: not a Moodle grading worksheet (its first column is not 'Participant 12' and so on); "
                "download one in Moodle: the assignment's submissions, 'Download grading worksheet'"
            )
        self.grade = self._column(grade, "--column") if grade else self._grade()
        self.feedback = self._column(feedback, "--feedback-column") if feedback else self._known(FEEDBACK)

    @property
    def students(self) -> Iterator[int]:
        """The rows of students."""
        return (row for row in range(1, len(self.sheet.rows)) if any(self.sheet.values(row)))

    def row(self, number: int) -> Row:
        """A student: the participant's number, the name beside it, and every address in front of the grade."""
        found = NUMBERED.fullmatch(self.sheet.value(number, 0))
        before = [self.sheet.value(number, column) for column in range(2, self.grade)]
        addresses = {cell for cell in before if re.fullmatch(r"\S+@\S+", cell)}
        keys = {
            self.sheet.value(number, column) for column, heading in enumerate(self.header) if heading.casefold() in KEYS
        }
        ids = frozenset({found[1]}) if found else frozenset()
        return Row(number, self.sheet.value(number, 1), ids, frozenset((addresses | keys) - {""}))

    @property
    def highest(self) -> str:
        """The highest grade, as the sheet says it; nothing if it doesn't."""
        column = self._highest()
        return "" if column is None else self.sheet.value(next(self.students), column)

    def _grade(self) -> int:
        known = self._known(GRADE)
        highest = self._highest()
        if known is None and highest is not None and highest > 2:
            known = highest - 1
        if known is None:
            raise UsageError(
                f"{self._name}: which column is the grade's? Name it with --column; "
                f"there are {', '.join(map(repr, self.header[:20]))}"
            )
        return known

    def _highest(self) -> int | None:
        """The first column that says the same amount everywhere."""
        rows = list(self.students)
        grade = self._known(GRADE)
        for column in range(2, len(self.header)) if grade is None else (grade + 1,):
            amounts = {self.sheet.value(row, column) for row in rows}
            if len(amounts) == 1 and AMOUNT.fullmatch(amounts.pop()):
                return column
        return None

    def _known(self, headings: Collection[str]) -> int | None:
        found = [column for column, heading in enumerate(self.header) if heading.casefold() in headings]
        return found[0] if len(found) == 1 else None

    def _column(self, heading: str, option: str) -> int:
        if self.header.count(heading) != 1:
            raise UsageError(
                f"{self._name}: {option} {heading!r} is the heading of {self.header.count(heading)} columns; "
                f"there are {', '.join(map(repr, self.header[:20]))}"
            )
        return self.header.index(heading)
