"""A student's own check as HTML: a page of its own, or a piece of a notebook's output.

Nothing is fetched from anywhere, nothing runs, and a stranger's text is text.
"""

from __future__ import annotations

from html import escape

from ..results import CheckResult, TaskResult
from ..text import plain
from .check_table import listing, paragraph, state, told
from .checked import Checked, is_right, tally
from .style import TOKENS

__all__ = ["check_fragment", "check_page"]

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
    checks = [(task, check) for task in checked.result.tasks for check in task.checks]
    head = f"<p>{escape(_heading(checked, [check for _, check in checks]))}</p>"
    sentences = [f"Could not be loaded: {sentence}" for sentence in checked.broken] + list(checked.notes)
    said = "".join(map(paragraph, sentences))
    return listing("ag-check", head + said, (_row(task, check) for task, check in checks))


def _heading(checked: Checked, checks: list[CheckResult]) -> str:
    right = sum(map(is_right, checks))
    names = ", ".join(task.name for task in checked.result.tasks) if len(checked.result.tasks) <= 3 else ""
    prefix = f"{plain(names)}: " if names else ""
    if checks and right == len(checks):
        return (
            f"{prefix}all {right} visible checks are right." if right != 1 else f"{prefix}the visible check is right."
        )
    return f"{prefix}{right} of {len(checks)} visible checks are right ({tally(checks)})."


def _row(task: TaskResult, check: CheckResult) -> str:
    name = f"{escape(plain(task.name, 60))}/{escape(plain(check.name, 60))}"
    return f"<tr>{state(check)}<td><p><b>{name}</b> {escape(plain(check.title))}</p>{''.join(told(check))}</td></tr>"
