"""`autograder doctor`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..grading.rubrics import DEFAULT
from .say import FOUND, OK, counted, tell

__all__ = ["doctor"]


def doctor(
    nbgrader: Annotated[
        Path | None, typer.Option(metavar="COURSE", help="Look through an nbgrader course, not at this machine.")
    ] = None,
    rubric: Annotated[
        str, typer.Option(metavar="MODULE", help="With --nbgrader: the marking scheme of its exercise.")
    ] = DEFAULT,
) -> None:
    """Say which locks this machine can apply, or what is wrong in an nbgrader course, and the remedies.

    Exit codes: 0 all is well; 1 something was found; 2 wrong use.
    """
    if nbgrader is not None:
        raise typer.Exit(_course(nbgrader, rubric))
    # Linux's own modules, imported only where they are used.
    from ..sandbox.doctor import examine

    table = Table(box=None, header_style="bold", pad_edge=False)
    for heading in ("", "lock", "found", "remedy"):
        table.add_column(heading)
    findings = examine()
    for finding in findings:
        sign = Text("ok", "green") if finding.ok else Text("MISSING", "bold red")
        table.add_row(sign, Text(finding.name), Text(finding.detail), Text("" if finding.ok else finding.remedy))
    Console().print(table)
    raise typer.Exit(OK if all(finding.ok for finding in findings) else FOUND)


def _course(folder: Path, rubric: str) -> int:
    from ..grading.rubrics import load
    from ..nbgrader.doctor import examine
    from ..release.exercise import Exercise

    found = examine(folder, Exercise(load(rubric)))
    console = Console()
    for trouble in found:
        console.print(Text(trouble.where, "bold"), Text(f"  {trouble.what}"), sep="\n", soft_wrap=True)
        console.print(Text(f"  remedy: {trouble.remedy}"), soft_wrap=True)
    tell(f"{folder}: {counted(len(found), 'thing') if found else 'nothing'} found")
    return FOUND if found else OK
