"""`autograder verify`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.text import Text

from ..errors import UsageError
from ..grading import rubrics
from ..grading.store import make_folder, write_whole
from ..text import plain
from ..verify.outcome import Outcome
from ..verify.verifying import KILL_RATE, NAMES
from ..verify.verifying import verify as verified
from .options import Scheme
from .say import FOUND, OK, screen

__all__ = ["verify"]

DEFAULT_ASSIGNMENT = Path("assignment")

MARKS = {True: ("✓", "green"), False: ("✗", "red"), None: ("–", "yellow")}


def verify(
    rubric: Scheme = rubrics.DEFAULT,
    only: Annotated[
        list[str] | None, typer.Option(metavar="PART", help=f"Only this part (again for more): {', '.join(NAMES)}.")
    ] = None,
    jobs: Annotated[int | None, typer.Option(min=1, help="How many processes grade.", show_default="the cores")] = None,
    seed: Annotated[
        str, typer.Option(help="What the hidden cases are drawn from; the same gives the same outcome.")
    ] = "verify",
    kill_rate: Annotated[
        float, typer.Option("--kill-rate", min=0, max=100, help="Per cent of the mutants that have to be caught.")
    ] = KILL_RATE,
    by_heart: Annotated[
        float,
        typer.Option("--by-heart", metavar="POINTS", min=0, help="What a table of the visible answers may earn."),
    ] = 0.0,
    assignment: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="What `release` made.", show_default="assignment, if it is there"),
    ] = None,
    json: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write the outcomes there too, as JSON.")
    ] = None,
) -> None:
    """Test the marking scheme itself: right work, wrong work, mutants of the reference, what is released."""
    if assignment is not None and not assignment.is_dir():
        raise UsageError(f"{assignment}: no such folder; `autograder release` makes it")
    if assignment is None and DEFAULT_ASSIGNMENT.is_dir() and rubric == rubrics.DEFAULT:
        assignment = DEFAULT_ASSIGNMENT
    if json is not None:
        make_folder(json.parent)  # now, not after minutes of work
    outcomes = []
    with _Shown() as shown:
        for outcome in verified(
            rubric,
            key=seed,
            only=only or (),
            jobs=jobs or len(os.sched_getaffinity(0)),
            assignment=assignment,
            kill_rate=kill_rate,
            by_heart=by_heart,
            progress=shown.progress,
        ):
            outcomes.append(outcome)
            shown.outcome(outcome)
    if json is not None:
        write_whole(json, msgspec.json.format(msgspec.json.encode(outcomes), indent=1) + b"\n")
    raise typer.Exit(FOUND if any(outcome.ok is False for outcome in outcomes) else OK)


class _Shown:
    """A line a part, and on a terminal a bar for the part that is on."""

    def __init__(self) -> None:
        self._console = screen()
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._bars = Progress(*columns, console=self._console, transient=True, disable=not self._console.is_terminal)
        self._bar: TaskID | None = None

    def __enter__(self) -> _Shown:
        self._bars.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._bars.stop()

    def progress(self, part: str, done: int, total: int) -> None:
        """A part has come so far."""
        if self._bar is None:
            self._bar = self._bars.add_task(part, total=total)
        self._bars.update(self._bar, description=part, completed=done, total=total)

    def outcome(self, outcome: Outcome) -> None:
        """A part has ended."""
        if self._bar is not None:
            self._bars.remove_task(self._bar)
            self._bar = None
        mark, style = MARKS[outcome.ok]
        head = Text.assemble((mark, style), f" {outcome.part}: {outcome.proves}: {outcome.summary}")
        self._say(head.append(f" ({outcome.seconds:.1f} s)", "dim"))
        for lines, style in ((outcome.findings, "red"), (outcome.notes, "yellow")):
            for line in lines:
                self._say(Text("\n".join(f"    {plain(each, 500)}" for each in line.splitlines()), style))

    def _say(self, text: Text) -> None:
        self._console.print(text, soft_wrap=True)
