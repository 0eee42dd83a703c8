"""What a test cell shows, and what is said above a notebook in which something was found."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from ..reports.task_marks import heading, tasks_html, tasks_text
from ..text import plain
from .marks import Marked

__all__ = ["findings_text", "html", "text"]


def text(marked: Marked) -> str:
    """The marks and what each check says, a line each."""
    return tasks_text(marked.tasks, _heading(marked))


def html(marked: Marked) -> str:
    """The same as a table with pictures."""
    return tasks_html(marked.tasks, _heading(marked))


def findings_text(findings: Sequence[str]) -> str:
    """A text cell that says what was found in a notebook."""
    lines = "\n".join(f"<li>{escape(plain(finding, 500), quote=False)}</li>" for finding in findings)
    return f"**Found in this notebook while it was graded**\n\n<ul>\n{lines}\n</ul>"


def _heading(marked: Marked) -> str:
    return marked.reason if marked.score is None else heading(marked.tasks)
