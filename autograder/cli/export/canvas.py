"""`autograder export canvas`."""

from __future__ import annotations

from typing import Annotated

import typer

from ...reports.canvas import CanvasSheet
from ...reports.matching import Row
from ...reports.summary import marks
from ...results import Result
from .common import Results, read
from .sheets import Downloaded, Filled, Marks, Out, fill, read_sheet

__all__ = ["canvas"]


def canvas(
    results: Results,
    sheet: Downloaded,
    column: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The assignment: its title, its number, or the whole heading."),
    ] = None,
    out: Out = None,
    which: Filled = Marks.FINAL,
) -> None:
    """Fill marks into a gradebook that was exported from Canvas; every other cell stays as it is."""
    graded = read(results)
    book = CanvasSheet(read_sheet(sheet), str(sheet))
    at = book.assignment(column)

    def write(row: int, result: Result) -> str:
        if book.sheet.value(row, at).upper() == "EX":
            return "excused"
        book.sheet.fill(row, at, book.sheet.number(marks(which.of(result))))
        return ""

    rows = [Row(row, *book.identity(row)) for row in book.students]
    target = out or results / "canvas.csv"
    fill(graded, rows, "canvas", book.sheet, target, write, worth=book.points(at))
