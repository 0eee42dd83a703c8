"""`autograder export moodle`."""

from __future__ import annotations

import html
from collections.abc import Iterable
from typing import Annotated

import typer

from ...reports.moodle import MoodleSheet
from ...reports.sheet import guarded
from ...reports.summary import marks
from ...reports.told import lines
from ...results import Result
from .common import Results, read
from .sheets import Downloaded, Filled, Marks, Out, fill, read_sheet

__all__ = ["moodle"]

FEEDBACK = 6000
"""Characters of feedback."""


def moodle(
    results: Results,
    sheet: Downloaded,
    column: Annotated[
        str | None, typer.Option(metavar="HEADING", help="The grade's column.", show_default="recognised")
    ] = None,
    feedback_column: Annotated[
        str | None, typer.Option(metavar="HEADING", help="The feedback comments' column.", show_default="recognised")
    ] = None,
    feedback: Annotated[
        bool, typer.Option("--feedback/--no-feedback", help="Whether feedback is written, where there is a column.")
    ] = True,
    hidden: Annotated[
        bool, typer.Option("--hidden/--no-hidden", help="Whether feedback names the hidden checks that failed.")
    ] = False,
    out: Out = None,
    which: Filled = Marks.FINAL,
) -> None:
    """Fill marks and feedback into Moodle's grading worksheet; every other cell stays as it is."""
    graded = read(results)
    book = MoodleSheet(read_sheet(sheet), str(sheet), column, feedback_column)

    def write(row: int, result: Result) -> str:
        book.sheet.fill(row, book.grade, book.sheet.number(marks(which.of(result))))
        if feedback and book.feedback is not None:
            book.sheet.fill(row, book.feedback, _written(lines(result, hidden=hidden)))
        return ""

    rows = [book.row(number) for number in book.students]
    target = out or results / "moodle.csv"
    fill(graded, rows, "moodle", book.sheet, target, write, worth=book.highest)


def _written(said: Iterable[str]) -> str:
    """Feedback as Moodle shows it: HTML, in which what is told is only text."""
    text = guarded("\n".join(said), FEEDBACK)
    return "<br>".join(html.escape(text, quote=False).split("\n"))
