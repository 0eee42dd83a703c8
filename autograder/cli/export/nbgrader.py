"""`autograder export nbgrader`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ...grading import rubrics
from ..options import Scheme
from .common import Results, finish, listed, read

__all__ = ["nbgrader"]


def nbgrader(
    results: Results,
    course: Annotated[Path, typer.Option(metavar="COURSE", help="The nbgrader course's folder.")] = Path(),
    assignment: Annotated[
        str | None, typer.Option(metavar="NAME", help="Which assignment, where several have the exercise's tests.")
    ] = None,
    rubric: Scheme = rubrics.DEFAULT,
) -> None:
    """Write scores and comments into nbgrader's gradebook. Marks that a person gave stay."""
    from ...nbgrader.record import record

    graded = read(results)
    recorded = record(course, graded.usable, rubrics.load(rubric).rubric, assignment)
    listed("students whose marks are others now", recorded.changed)
    listed("marks by hand, which stay; the machine's are others now", recorded.kept)
    listed("students without a page in the formgrader yet (run nbgrader autograde)", recorded.without_page)
    finish(f"{len(recorded.students)} in the gradebook of {course}", graded, found=recorded.unplaced)
