"""`autograder export gradescope`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ...grading.store import make_folder, write_whole
from ...reports.gradescope import Format, Visibility, gradescope_json
from .common import Results, finish, read
from .sheets import Filled, Marks

__all__ = ["gradescope"]


def gradescope(
    results: Results,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where the files go.", show_default="DIR/gradescope")
    ] = None,
    hidden: Annotated[
        Visibility, typer.Option(help="When students see the hidden checks' titles and messages.")
    ] = Visibility.AFTER_PUBLISHED,
    output_format: Annotated[Format, typer.Option(help="How a check's text is written.")] = Format.TEXT,
    which: Filled = Marks.FINAL,
) -> None:
    """Write a results.json for each submission, as a Gradescope autograder does."""
    graded = read(results)
    folder = make_folder(out or results / "gradescope")
    for result in graded.usable:
        text = gradescope_json(result, hidden=hidden, output_format=output_format, score=which.of(result))
        write_whole(folder / f"{result.submission}.json", text.encode())
    finish(f"{len(graded.usable)} written: {folder}", graded)
