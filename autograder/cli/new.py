"""`autograder new`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..errors import UsageError
from ..grading.store import make_folder, write_whole
from ..starter import files
from .say import tell

__all__ = ["new"]


def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The exercise's name: letters, digits, underscores.")],
    into: Annotated[Path, typer.Option("--in", metavar="DIR", help="The folder to make it in.")] = Path(),
) -> None:
    """Make a new exercise of your own: it grades, verifies and releases at once, and is small enough to read.

    Writes a folder of that name, with its reference, marking scheme, misconceptions, two submissions and tests.
    """
    project = into / name
    made = files(name)
    if project.exists():
        raise UsageError(f"{project}: it exists already; choose another name, or another folder with --in")
    for path, content in made.items():
        target = project / path
        make_folder(target.parent)
        write_whole(target, content)
    tell(
        f"{project}: {len(made)} files; its README.md says what is what. From in there:",
        f"  autograder grade submissions --rubric {name}/rubric.py",
        f"  autograder verify --rubric {name}/rubric.py",
        f"  autograder release --rubric {name}/rubric.py",
    )
