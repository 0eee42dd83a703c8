"""What the exports into a downloaded sheet share."""

from __future__ import annotations

import enum
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from ...errors import UsageError
from ...grading.store import write_whole
from ...reports.matching import Row, match
from ...reports.sheet import Sheet, parse
from ...reports.summary import marks
from ...results import Result
from ..say import counted
from .common import Graded, finish, listed

__all__ = ["Downloaded", "Filled", "Marks", "Out", "fill", "read_sheet"]


class Marks(enum.Enum):
    """Which marks are written."""

    FINAL = "final"
    WORK = "work"

    def of(self, result: Result) -> float:
        """These marks of a result."""
        return result.final if self is Marks.FINAL else result.score


Downloaded = Annotated[Path, typer.Option("--sheet", metavar="FILE", help="The sheet, as it was downloaded.")]
Out = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Where the filled sheet goes.", show_default="beside the results")
]
Filled = Annotated[
    Marks, typer.Option("--marks", help="Those that are left after the late policy, or those for the work.")
]


def read_sheet(path: Path) -> Sheet:
    """Read a sheet.

    Raises:
        UsageError: if it can't be read.
    """
    try:
        return parse(path.read_bytes(), str(path))
    except OSError as error:
        raise UsageError(f"{path}: can't be read ({error.strerror}); give the sheet with --sheet") from None


def fill(
    graded: Graded,
    rows: Sequence[Row],
    system: str,
    sheet: Sheet,
    out: Path,
    write: Callable[[int, Result], str],
    *,
    worth: str,
) -> NoReturn:
    """Fill a sheet in, write it, say what was and what wasn't matched, and end.

    Args:
        graded: the results; those in which the grader failed keep their place, and get nothing.
        rows: the sheet's students.
        system: whose sheet it is.
        sheet: to be filled in.
        out: where it goes.
        write: fills in a row; says why not, if not.
        worth: what the sheet says that the exercise is worth; nothing if it doesn't.
    """
    # The faulty ones take part, so that nobody else gets their row.
    matched = match((*graded.usable, *graded.faulty), rows, system)
    kept = []
    written = 0
    names = {row.number: row.name for row in rows}
    for number, result in matched.results.items():
        if result.faulty:
            continue
        reason = write(number, result)
        written += not reason
        if reason:
            kept.append(f"{names[number]}: {reason}")
    write_whole(out, sheet.dump())
    listed("by name alone, since nothing else in the sheet tells them apart", (names[n] for n in matched.by_name))
    listed("in the sheet without a result, left as they were", (row.name for row in matched.empty))
    listed("in the sheet kept as they were", kept)
    _tell_worth(graded, worth)
    finish(
        f"{counted(written, 'row')} filled in from {counted(len(graded.usable), 'result')}: {out}",
        graded,
        found=matched.left,
    )


def _tell_worth(graded: Graded, worth: str) -> None:
    due = {marks(result.max_score) for result in graded.usable}
    try:
        says = marks(float(worth.replace(",", "."))) if worth else ""
    except ValueError:
        return
    if says and due and due != {says}:
        listed("thing to see to", [f"the sheet says {says} points, the results are out of {', '.join(sorted(due))}"])
