"""`autograder release`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import UsageError
from ..grading import rubrics
from ..reports.gradescope import Format, Visibility
from .options import Attempt, Scheme
from .say import FOUND, complain, counted, tell

if TYPE_CHECKING:
    from ..grading.rubrics import LoadedRubric
    from ..release.exercise import Exercise

__all__ = ["release"]


def release(
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where python/ and notebook/ go.")] = Path("assignment"),
    rubric: Scheme = rubrics.DEFAULT,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; is DIR what would be made?")] = False,
    nbgrader: Annotated[
        Path | None,
        typer.Option(metavar="COURSE", help="Make or update an assignment of this nbgrader course, and nothing else."),
    ] = None,
    assignment: Annotated[
        str | None, typer.Option(metavar="NAME", help="With --nbgrader: its name.", show_default="the exercise's name")
    ] = None,
    gradescope: Annotated[
        Path | None, typer.Option(metavar="FILE.zip", help="Make the upload for a Gradescope autograder, and no more.")
    ] = None,
    seed: Annotated[
        str | None,
        typer.Option(
            envvar="AUTOGRADER_SEED", help="With --gradescope: the course's key. By default FILE's, if it is there."
        ),
    ] = None,
    hidden: Annotated[
        Visibility, typer.Option(help="With --gradescope: when students see hidden checks.")
    ] = Visibility.AFTER_PUBLISHED,
    output_format: Annotated[
        Format, typer.Option(help="With --gradescope: how a check's text is written.")
    ] = Format.TEXT,
    attempt: Annotated[
        Attempt, typer.Option(help="With --gradescope: best keeps the marks of an earlier, better attempt.")
    ] = Attempt.LAST,
    without: Annotated[
        list[str] | None,
        typer.Option(metavar="LOCK", help="With --gradescope: go on without this lock where a machine lacks it."),
    ] = None,
) -> None:
    """Make what students get: stubs, the notebook, the visible checks and the data, without a solution."""
    from ..release import kits
    from ..release.exercise import Exercise

    if check and (gradescope or nbgrader):
        raise UsageError(
            f"{gradescope or nbgrader}: --check writes nothing, and is of DIR alone; leave one of the two out"
        )
    loaded = rubrics.load(rubric)
    if gradescope is not None:
        _upload(loaded, gradescope, seed, hidden, output_format, attempt, tuple(without or ()))
        return
    exercise = Exercise(loaded)
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
        tell(f"{out / kit}: {counted(len(sizes), 'file')}, {sum(sizes) / 1000:.0f} kB")


def _upload(
    loaded: LoadedRubric,
    path: Path,
    seed: str | None,
    hidden: Visibility,
    output_format: Format,
    attempt: Attempt,
    without: tuple[str, ...],
) -> None:
    from ..release import gradescope
    from ..release.gradescope_run import Settings

    settings = Settings(
        key=seed or gradescope.earlier_key(path),
        without=without,
        hidden=hidden,
        output_format=output_format,
        attempt=attempt.value,
    )
    data = gradescope.upload(loaded, settings)
    gradescope.write(path, data)
    tell(f"{path}: {len(data) / 1000:.0f} kB; the solution and the course's key are in it, so keep it to yourself")


def _course(exercise: Exercise, folder: Path, name: str | None) -> None:
    from ..nbgrader import course

    assignment = course.assignment_name(exercise, name)
    files = course.course(exercise, assignment)
    for path in course.write(files, folder):
        complain(f"{folder / path}: yours, and left as it is")
    source = folder / "source" / assignment
    tell(f"{source}: {len(files) - 1} files; next: nbgrader generate_assignment {assignment}")
