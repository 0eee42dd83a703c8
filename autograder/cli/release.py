"""`autograder release`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.text import Text

from ..grading import rubrics
from .say import FOUND, complain

if TYPE_CHECKING:
    from ..release.exercise import Exercise

__all__ = ["release"]


def release(
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where python/ and notebook/ go.")] = Path("assignment"),
    rubric: Annotated[
        str, typer.Option(metavar="MODULE", help="The marking scheme: a module's name, or a .py file.")
    ] = rubrics.DEFAULT,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; is DIR what would be made?")] = False,
    nbgrader: Annotated[
        Path | None,
        typer.Option(metavar="COURSE", help="Make or update an assignment of this nbgrader course, and nothing else."),
    ] = None,
    assignment: Annotated[
        str | None, typer.Option(metavar="NAME", help="With --nbgrader: its name.", show_default="the exercise's name")
    ] = None,
) -> None:
    """Make what students get: stubs, the notebook, the visible checks and the data, without a solution."""
    from ..release import kits
    from ..release.exercise import Exercise

    exercise = Exercise(rubrics.load(rubric))
    if nbgrader is not None:
        _course(exercise, nbgrader, assignment)
        return
    files = kits.release(exercise)
    if not check:
        kits.write(files, out)
    found = list(kits.differences(files, out))
    for line in found:
        complain(f"{out / line}")
    if found and check:
        raise typer.Exit(FOUND)
    for kit in dict.fromkeys(path.partition("/")[0] for path in files):
        sizes = [len(data) for path, data in files.items() if path.startswith(f"{kit}/")]
        Console().print(Text(f"{out / kit}: {len(sizes)} files, {sum(sizes) / 1000:.0f} kB"), soft_wrap=True)


def _course(exercise: Exercise, folder: Path, name: str | None) -> None:
    from ..nbgrader import course

    assignment = course.assignment_name(exercise, name)
    files = course.course(exercise, assignment)
    for path in course.write(files, folder):
        complain(f"{folder / path}: yours, and left as it is")
    Console().print(
        Text(
            f"{folder / 'source' / assignment}: {len(files) - 1} files; next: nbgrader generate_assignment {assignment}"
        ),
        soft_wrap=True,
    )
