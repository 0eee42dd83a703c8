"""A class as a CSV file that a spreadsheet opens."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from ..text import cell
from .summary import Summary, marks

__all__ = ["grades_csv"]


def grades_csv(summaries: Sequence[Summary]) -> str:
    """One row a submission, by identifier; marks are empty where the grader failed.

    ``score`` is the marks for the work; ``final`` is what is left where handing in late costs ``penalty``.
    """
    modules = list(dict.fromkeys(module for summary in summaries for module in summary.modules))
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(["submission", "name", *modules, "score", "max_score", "penalty", "final", "note"])
    for summary in sorted(summaries, key=lambda summary: summary.submission):
        writer.writerow(
            [
                cell(summary.submission),
                cell(summary.name),
                *(marks(summary.modules[module][0]) if module in summary.modules else "" for module in modules),
                "" if summary.score is None else marks(summary.score),
                "" if summary.max_score is None else marks(summary.max_score),
                "" if summary.penalty is None else marks(summary.penalty),
                "" if summary.final is None else marks(summary.final),
                cell(summary.note),
            ]
        )
    return file.getvalue()
