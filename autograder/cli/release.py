"""`autograder release`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from ..grading import rubrics
from .say import FOUND, complain

__all__ = ["release"]


def release(
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where python/ and notebook/ go.")] = Path("assignment"),
    rubric: Annotated[
        str, typer.Option(metavar="MODULE", help="The marking scheme: a module's name, or a .py file.")
    ] = rubrics.DEFAULT,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; is DIR what would be made?")] = False,
) -> None:
    """Make what students get: stubs, the notebook, the visible checks and the data, without a solution."""
    from ..release import kits
    from ..release.exercise import Exercise

    files = kits.release(Exercise(rubrics.load(rubric)))
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
