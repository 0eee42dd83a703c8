"""What a test cell shows: text, and HTML for the feedback and the formgrader.

Of a hidden check it has the title, the verdict, the message and the hint, which are made for students;
its numbers and cases are in ``details``, and stay there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from ..reports import elements
from ..reports.checked import WORDS, is_open, is_right
from ..reports.summary import marks
from ..results import CheckResult, TaskResult
from ..text import plain
from .marks import Marked

__all__ = ["findings_text", "html", "text"]

MESSAGE = 1000

STYLE = (
    """
.ag-marks { line-height: 1.4; margin: .4em 0; }
.ag-marks table.ag-checks { border-collapse: collapse; margin: .3em 0; width: auto; max-width: 60em; }
.ag-marks table.ag-checks > * > tr > * { text-align: left; vertical-align: top; padding: .3em .8em;
  border-bottom: 1px solid rgba(128, 128, 128, .4); white-space: normal; }
.ag-marks .ag-state { white-space: nowrap; font-weight: bold; border-left: .35em solid rgba(128, 128, 128, .5); }
.ag-marks .ag-right { border-left-color: rgb(40, 150, 80); }
.ag-marks .ag-found { border-left-color: rgb(205, 60, 40); }
.ag-marks .ag-earned { white-space: nowrap; text-align: right; }
.ag-marks p { margin: .3em 0; }
"""
    + elements.STYLE
)


def text(marked: Marked) -> str:
    """The marks and what each check says, a line each."""
    return "\n".join([_heading(marked), *(line for task in marked.tasks for line in _lines(task))])


def html(marked: Marked) -> str:
    """The same as a table, with a picture of each array that is wrong in a visible check."""
    rows = "".join(_row(check) for task in marked.tasks for check in task.checks)
    table = f'<table class="ag-checks"><tbody>{rows}</tbody></table>' if rows else ""
    return f'<div class="ag-marks"><style>{STYLE}</style><p><b>{escape(_heading(marked))}</b></p>{table}</div>'


def findings_text(findings: Sequence[str]) -> str:
    """A text cell that says what was found in a notebook."""
    lines = "\n".join(f"<li>{escape(plain(finding, 500))}</li>" for finding in findings)
    return f"**Found in this notebook while it was graded**\n\n<ul>\n{lines}\n</ul>"


def _heading(marked: Marked) -> str:
    if marked.score is None:
        return marked.reason
    names = ", ".join(plain(task.name, 60) for task in marked.tasks)
    return f"{names}: {marks(marked.score)} of {marks(marked.cell.points)} points"


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
