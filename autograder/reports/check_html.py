"""A student's own check as HTML: a page of its own, or a piece of a notebook's output.

Nothing is fetched from anywhere, nothing runs, and a stranger's text is text.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from ..results import CheckResult, TaskResult
from ..text import plain
from . import elements
from .checked import WORDS, Checked, is_open, is_right, tally
from .style import TOKENS

__all__ = ["check_fragment", "check_page"]

STYLE = (
    """
.ag-check { line-height: 1.4; }
.ag-check table.ag-checks { border-collapse: collapse; margin: .5em 0; width: auto; max-width: 60em; }
.ag-check table.ag-checks > * > tr > * { text-align: left; vertical-align: top; padding: .3em .8em;
  border-bottom: 1px solid rgba(128, 128, 128, .4); white-space: normal; }
.ag-check .ag-state { white-space: nowrap; font-weight: bold; border-left: .35em solid rgba(128, 128, 128, .5); }
.ag-check .ag-right { border-left-color: rgb(40, 150, 80); }
.ag-check .ag-found { border-left-color: rgb(205, 60, 40); }
.ag-check p { margin: .3em 0; }
"""
    + elements.STYLE
)

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<h1>{title}</h1>
{body}
</body>
</html>
"""


def check_page(checked: Checked) -> str:
    """A whole page, readable without a network and in the dark."""
    title = escape(plain(f"{checked.result.rubric}: {checked.result.name}"))
    return PAGE.format(title=title, style=f"{TOKENS}body {{ padding: 1.5em; }}", body=check_fragment(checked))


def check_fragment(checked: Checked) -> str:
    """A table with a row a check, with what was found, the hint, and a picture of the arrays that are wrong."""
    rows = "".join(_row(task, check) for task in checked.result.tasks for check in task.checks)
    checks = [check for task in checked.result.tasks for check in task.checks]
    head = f"<p>{escape(_heading(checked, checks))}</p>"
    sentences = [f"Could not be loaded: {sentence}" for sentence in checked.broken] + list(checked.notes)
    said = "".join(map(_paragraph, sentences))
    table = f'<table class="ag-checks"><tbody>{rows}</tbody></table>'
    return f'<div class="ag-check"><style>{STYLE}</style>{head}{said}{table}</div>'


def _heading(checked: Checked, checks: list[CheckResult]) -> str:
    right = sum(map(is_right, checks))
    names = ", ".join(task.name for task in checked.result.tasks) if len(checked.result.tasks) <= 3 else ""
    prefix = f"{plain(names)}: " if names else ""
    if right == len(checks):
        return (
            f"{prefix}all {right} visible checks are right." if right != 1 else f"{prefix}the visible check is right."
        )
    return f"{prefix}{right} of {len(checks)} visible checks are right ({tally(checks)})."


def _row(task: TaskResult, check: CheckResult) -> str:
    name = f"{escape(plain(task.name, 60))}/{escape(plain(check.name, 60))}"
    return f"<tr>{_state(check)}<td><p><b>{name}</b> {escape(plain(check.title))}</p>{''.join(_told(check))}</td></tr>"


def _state(check: CheckResult) -> str:
    kind = "ag-right" if is_right(check) else "ag-open" if is_open(check) else "ag-found"
    return f'<td class="ag-state {kind}">{escape(WORDS[check.verdict])}</td>'


def _told(check: CheckResult) -> Iterable[str]:
    if check.message:
        yield _paragraph(check.message)
    yield from map(elements.pictured, check.details.get("elements", ()))
    if check.hint:
        yield _paragraph(f"Hint: {check.hint}")


def _paragraph(text: str) -> str:
    return f"<p>{escape(plain(text, 1000))}</p>"
