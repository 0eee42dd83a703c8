"""A class as a table on a terminal."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from rich.console import Group
from rich.table import Table
from rich.text import Text

from .summary import Summary, marks
from .text import plain

__all__ = ["class_table"]

ROWS_SHOWN = 100


def class_table(summaries: Sequence[Summary]) -> Group:
    """Name, marks by module, total, and what went wrong, with the class's figures below.

    Of a large class the first hundred are shown; ``grades.csv`` has them all.
    """
    modules = list(dict.fromkeys(module for summary in summaries for module in summary.modules))
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column("submission", no_wrap=True, overflow="ellipsis", max_width=28)
    for module in modules:
        table.add_column(Text(module), justify="right")
    table.add_column("total", justify="right", style="bold")
    table.add_column("what went wrong", overflow="fold")
    for summary in summaries[:ROWS_SHOWN]:
        table.add_row(
            Text(plain(summary.submission)),
            *(_module_marks(summary, module) for module in modules),
            Text("–" if summary.score is None else marks(summary.score)),
            Text(plain(summary.note), style="red" if summary.score is None else ""),
        )
    return Group(table, Text(_figures(summaries)))


def _module_marks(summary: Summary, module: str) -> Text:
    if module not in summary.modules:
        return Text("–")
    earned, due = summary.modules[module]
    style = "green" if earned == due else "yellow" if earned else "dim"
    return Text(marks(earned), style=style)


def _figures(summaries: Sequence[Summary]) -> str:
    scores = [summary.score for summary in summaries if summary.score is not None]
    lines = []
    if len(summaries) > ROWS_SHOWN:
        lines.append(f"… and {len(summaries) - ROWS_SHOWN} more in grades.csv")
    if scores:
        lines.append(
            f"{len(scores)} graded; marks from {marks(min(scores))} to {marks(max(scores))}, "
            f"median {marks(statistics.median(scores))}"
        )
    faults = len(summaries) - len(scores)
    if faults:
        lines.append(f"{faults} not graded by a fault of the grader: run again; no marks were given")
    return "\n".join(lines)
