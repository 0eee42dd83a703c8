"""`autograder report`."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import UsageError
from ..grading.store import write_whole
from ..reports.on_disk import results_in
from ..text import plain
from .say import FOUND, OK, complain, tell

if TYPE_CHECKING:
    from ..reports.pages.writing import Pages

__all__ = ["pages", "report"]

MISSING = "pages need {}, which is not installed. Remedy: pip install 'numerical-autograder[report]'"


def report(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where grade put results/ (its --out).")] = Path(
        "graded"
    ),
    public: Annotated[
        bool,
        typer.Option("--public", help="For handing out, to DIR/public: without what a student may not see."),
    ] = False,
    students_only: Annotated[
        bool, typer.Option("--students-only", help="Only the students' pages, not that of the class.")
    ] = False,
) -> None:
    """Write HTML pages to DIR/report: one for the class, and one for each student.

    Exit codes: 0 done; 1 a result could not be read, the others were; 2 wrong use.
    """
    results = folder / "results"
    if not results.is_dir():
        raise UsageError(f"{folder}: no results there; run autograder grade … --out {folder} first")
    made = pages(folder / ("public" if public else "report"), public=public, of_class=not students_only)
    broken = found = 0
    for one in results_in(results):
        if isinstance(one, str):
            complain(one)
            broken += 1
        else:
            made.add(one)
            found += 1
    count = made.written + made.unchanged
    if not found:
        raise UsageError(f"{results}: no results there; run autograder grade … --out {folder} first")
    made.finish(results)
    first = made.students if students_only else made.folder / "index.html"
    unchanged = f" ({made.unchanged} unchanged)" if made.unchanged else ""
    noun = "student's page" if count == 1 else "students' pages"
    tell(f"{count} {noun}{unchanged}: {plain(str(first), 500)}")
    raise typer.Exit(FOUND if broken else OK)


def pages(folder: Path, *, public: bool = False, of_class: bool = True) -> Pages:
    """What writes pages to a folder.

    Raises:
        UsageError: the folder can't be written to, or what makes pages isn't installed.
    """
    # Only here: neither the template engine nor the plotting library is needed for anything else.
    try:
        from ..reports.pages.writing import Pages
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("jinja2", "markupsafe"):
            raise
        raise UsageError(MISSING.format(error.name)) from None
    if importlib.util.find_spec("pygal") is None:  # it is imported when something is to be drawn
        raise UsageError(MISSING.format("pygal"))
    try:
        return Pages(folder, write_whole, public=public, of_class=of_class)
    except OSError as error:
        raise UsageError(f"{folder}: pages can't be written there ({error.strerror})") from None
