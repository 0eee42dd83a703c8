"""`autograder doctor`."""

from __future__ import annotations

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from .say import FOUND, OK

__all__ = ["doctor"]


def doctor() -> None:
    """Say which locks this machine can apply, and the remedy where one is missing."""
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
