"""`autograder check`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.text import Text

from ..errors import AutograderError
from ..grading.store import write_whole
from ..reports.check_console import check_report
from ..reports.check_html import check_page
from ..reports.checked import Checked
from ..text import plain
from .say import FAULT, FOUND, INTERRUPTED, OK, Interrupted, complain

if TYPE_CHECKING:
    from ..student.command import Checker

__all__ = ["check"]


def check(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="The exercise's folder, or a notebook.")] = Path(),
    task: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Only this task (may be given several times).")
    ] = None,
    watch: Annotated[bool, typer.Option("--watch", help="Check again whenever something is saved.")] = False,
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the outcome as a page, too.")] = None,
    junit: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the outcome as JUnit's XML, for continuous integration.")
    ] = None,
    bundle: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="For each failure write a small script, to step through in a debugger."),
    ] = None,
    checks: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The visible checks. By default they are looked for at PATH and above."),
    ] = None,
) -> None:
    """See whether your own work is right, by the visible checks that came with the exercise.

    Exit codes: 0 nothing that was attempted is wrong; 1 something is; 2 wrong use.
    """
    # Not before a command needs them: numpy and all kinds of checks.
    from ..student.command import Checker

    checker = Checker(path, checks, tuple(task or ()), bundle)
    console = Console()
    try:
        if watch:
            _watch(checker, console, html, junit)
            raise typer.Exit(OK)
        checked = checker.check()
        _tell(checked, console, html, junit)
    except Interrupted:
        if not watch:
            complain("interrupted")
        raise typer.Exit(OK if watch else INTERRUPTED) from None
    if checked.result.faulty:
        raise typer.Exit(FAULT)
    raise typer.Exit(OK if checked.all_right else FOUND)


def _watch(checker: Checker, console: Console, html: Path | None, junit: Path | None) -> None:
    from ..student.watching import saves

    _tell(checker.check(), console, html, junit)
    console.print(Text("Watching for the next save; Ctrl-C ends it.", "dim"))
    for _ in saves(checker.path):
        if console.is_terminal:
            console.clear()
        try:
            _tell(checker.check(), console, html, junit)
        except AutograderError as error:  # a file that is gone for a moment; the next save puts it right
            complain(str(error))
        console.print(Text("Watching for the next save; Ctrl-C ends it.", "dim"))


def _tell(checked: Checked, console: Console, html: Path | None, junit: Path | None) -> None:
    console.print(check_report(checked))
    if html is not None:
        write_whole(html, check_page(checked).encode())
        console.print(Text(f"The same as a page: {plain(str(html), 500)}"), soft_wrap=True)
    if junit is not None:
        from ..reports.junit import junit_xml

        write_whole(junit, junit_xml([checked.result]))
    if not checked.debug and any(checked.found):
        console.print(Text("To step through a failure in a debugger: autograder check --bundle debug", "dim"))
