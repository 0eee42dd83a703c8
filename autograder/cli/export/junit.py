"""`autograder export junit`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ...grading.store import write_whole
from ...reports.junit import junit_xml
from .common import Results, finish, read

__all__ = ["junit"]


def junit(
    results: Results,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where it goes.", show_default="DIR/junit.xml")
    ] = None,
) -> None:
    """Write JUnit's XML for continuous integration: a suite a submission, a case a check.

    A fault of the grader is an error there, and has no marks.
    """
    graded = read(results)
    target = out or results / "junit.xml"
    everybody = sorted((*graded.usable, *graded.faulty), key=lambda result: result.submission)
    write_whole(target, junit_xml(everybody))
    finish(f"{len(everybody)} written: {target}", graded)
