"""A task's checks with their marks: text, and HTML for a notebook's output.

Of a hidden check it has the title, the verdict, the message and the hint, which are made for students;
its numbers and cases are in ``details``, and stay there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from ..results import CheckResult, TaskResult, total
from ..text import plain
from . import elements
from .checked import WORDS, is_open, is_right
from .summary import marks

__all__ = ["heading", "tasks_html", "tasks_text"]

MESSAGE = 1000

STYLE = (
    """
.ag-marks { line-height: 1.4; margin: .4em 0; }
.ag-marks table.ag-checks { border-collapse: collapse; margin: .3em 0; width: auto; max-width: 60em; }
.ag-marks table.ag-checks > * > tr > * { text-align: left; vertical-align: top; padding: .3em .8em;
  border-bottom: 1px solid rgba(128, 128, 128, .4); white-space: normal; }
.ag-marks table.ag-checks > * > tr > .ag-state { white-space: nowrap; font-weight: bold;
  border-left: .35em solid rgba(128, 128, 128, .5); }
.ag-marks .ag-right { border-left-color: rgb(40, 150, 80); }
.ag-marks .ag-found { border-left-color: rgb(205, 60, 40); }
.ag-marks table.ag-checks > * > tr > .ag-earned { white-space: nowrap; text-align: right; }
.ag-marks p { margin: .3em 0; }
"""
    + elements.STYLE
)


def heading(tasks: Sequence[TaskResult]) -> str:
    """The tasks' names and marks."""
    names = ", ".join(plain(task.name, 60) for task in tasks)
    return f"{names}: {marks(total(t.score for t in tasks))} of {marks(total(t.max_score for t in tasks))} points"


def tasks_text(tasks: Sequence[TaskResult], headed: str) -> str:
    """The heading and what each check says, a line each."""
    return "\n".join([headed, *(line for task in tasks for line in _lines(task))])


def tasks_html(tasks: Sequence[TaskResult], headed: str) -> str:
    """The same as a table, with a picture of each array that is wrong in a visible check."""
    rows = "".join(_row(check) for task in tasks for check in task.checks)
    table = f'<table class="ag-checks"><tbody>{rows}</tbody></table>' if rows else ""
    return f'<div class="ag-marks"><style>{STYLE}</style><p><b>{escape(headed)}</b></p>{table}</div>'


def _lines(task: TaskResult) -> Iterator[str]:
    for check in task.checks:
        yield f"  {WORDS[check.verdict]} ({_earned(check)}): {plain(check.title, 300)}"
        if check.message and not is_right(check):
            yield f"    {plain(check.message, MESSAGE)}"
        if check.hint and not is_right(check):
            yield f"    Hint: {plain(check.hint, MESSAGE)}"


def _row(check: CheckResult) -> str:
    kind = "ag-right" if is_right(check) else "ag-open" if is_open(check) else "ag-found"
    told = "".join(_told(check))
    return (
        f'<tr><td class="ag-state {kind}">{escape(WORDS[check.verdict])}</td>'
        f'<td class="ag-earned">{_earned(check)}</td><td><p>{escape(plain(check.title, 300))}</p>{told}</td></tr>'
    )


def _told(check: CheckResult) -> Iterator[str]:
    if is_right(check):
        return
    if check.message:
        yield f"<p>{escape(plain(check.message, MESSAGE))}</p>"
    if check.visibility == "visible":
        yield from map(elements.pictured, check.details.get("elements", ()))
    if check.hint:
        yield f"<p>Hint: {escape(plain(check.hint, MESSAGE))}</p>"


def _earned(check: CheckResult) -> str:
    return f"{marks(check.score)} / {marks(check.max_score)}"
