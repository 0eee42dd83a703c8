"""A class as a table on a terminal."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from ..text import plain
from .summary import Summary, always_faulty, marks

__all__ = ["class_table"]

ROWS_SHOWN = 100
NAME = 28
WIDE = 140
"""Columns that hold the marks and the words side by side."""


def class_table(summaries: Sequence[Summary], width: int) -> Group:
    """Name, marks by module, total, and what went wrong in a few words; the class's figures below.

    Where somebody handed in late, what that costs and what is left follow the total.

    On a terminal that is less than 140 columns wide the words follow in a table of their own.  Of a
    large class the first hundred are shown; ``grades.csv`` has them all.
    """
    shown = summaries[:ROWS_SHOWN]
    modules = list(dict.fromkeys(module for summary in summaries for module in summary.modules))
    late = any(summary.penalty is not None for summary in shown)
    table = _table("submission", *modules, "total", *(["late", "final"] if late else []))
    table.columns[0].min_width = max((len(plain(summary.submission, NAME)) for summary in shown), default=0)
    for column in table.columns[1:]:
        column.justify = "right"
    if width >= WIDE:
        table.add_column("what went wrong", overflow="fold")
    for summary in shown:
        cells = [_name(summary), *(_module_marks(summary, module) for module in modules), _total(summary)]
        if late:
            cells += [
                Text(_cost(summary.penalty), style="yellow"),
                Text("–" if summary.final is None else marks(summary.final), style="bold"),
            ]
        table.add_row(*cells, *([_note(summary)] if width >= WIDE else []))
    parts: list[RenderableType] = [table]
    if width < WIDE and any(summary.note for summary in shown):
        words = _table("submission", "what went wrong")
        for summary in shown:
            if summary.note:
                words.add_row(_name(summary), _note(summary))
        parts += [Text(), words]
    return Group(*parts, Text(), Text(_figures(summaries)))


def _cost(penalty: float | None) -> str:
    """What being late costs; ``0`` says that it was late and costs nothing."""
    return "" if penalty is None else f"−{marks(penalty)}" if penalty else "0"


def _table(*headings: str) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False)
    for heading in headings:
        table.add_column(Text(heading), overflow="fold")
    return table


def _name(summary: Summary) -> Text:
    return Text(plain(summary.submission, NAME), no_wrap=True)


def _note(summary: Summary) -> Text:
    return Text(plain(summary.note), style="red" if summary.score is None else "")


def _total(summary: Summary) -> Text:
    return Text("–" if summary.score is None else marks(summary.score), style="bold")


def _module_marks(summary: Summary, module: str) -> Text:
    if module not in summary.modules:
        return Text("–")
    earned, due = summary.modules[module]
    return Text(marks(earned), style="green" if earned == due else "yellow" if earned else "dim")


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
        always = always_faulty(summary.faults for summary in summaries if summary.max_score is not None)
        remedy = f", in {always} for every submission: see autograder verify" if always else ": run again"
        lines.append(f"{faults} not graded by a fault of the grader{remedy}; no marks were given")
    return "\n".join(lines)
