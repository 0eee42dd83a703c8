"""A task's checks with their marks: text, and HTML for a notebook's output.

Of a hidden check it has the title, the verdict, the message and the hint, which are made for students;
its numbers and cases are in ``details``, and stay there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from ..results import CheckResult, TaskResult, total
from ..text import plain
from .check_table import MESSAGE, listing, state, told
from .checked import WORDS, is_right
from .summary import marks

__all__ = ["heading", "tasks_html", "tasks_text"]


def heading(tasks: Sequence[TaskResult]) -> str:
    """The tasks' names and marks."""
    names = ", ".join(plain(task.name, 60) for task in tasks)
    return f"{names}: {marks(total(t.score for t in tasks))} of {marks(total(t.max_score for t in tasks))} points"


def tasks_text(tasks: Sequence[TaskResult], headed: str) -> str:
    """The heading and what each check says, a line each."""
    return "\n".join([headed, *(line for task in tasks for line in _lines(task))])


def tasks_html(tasks: Sequence[TaskResult], headed: str) -> str:
    """The same as a table, with a picture of each array that is wrong in a visible check."""
    rows = (_row(check) for task in tasks for check in task.checks)
    return listing("ag-marks", f"<p><b>{escape(headed)}</b></p>", rows)


def _lines(task: TaskResult) -> Iterator[str]:
    for check in task.checks:
        yield f"  {WORDS[check.verdict]} ({_earned(check)}): {plain(check.title, 300)}"
        if check.message and not is_right(check):
            yield f"    {plain(check.message, MESSAGE)}"
        if check.hint and not is_right(check):
            yield f"    Hint: {plain(check.hint, MESSAGE)}"


def _row(check: CheckResult) -> str:
    said = "" if is_right(check) else "".join(told(check))
    return (
        f'<tr>{state(check)}<td class="ag-earned">{_earned(check)}</td>'
        f"<td><p>{escape(plain(check.title, 300))}</p>{said}</td></tr>"
    )


def _earned(check: CheckResult) -> str:
    return f"{marks(check.score)} / {marks(check.max_score)}"
