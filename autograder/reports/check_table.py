"""Checks as rows of an HTML table: how each ended, and what it says.

Such a table stands in a notebook's output, too, among styles of Jupyter's and of nbconvert's for all tables: it brings
its own, and they are the more specific ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from ..results import CheckResult
from ..text import plain
from . import elements
from .checked import WORDS, kind

__all__ = ["MESSAGE", "listing", "paragraph", "state", "told"]

MESSAGE = 1000
"""Characters of a message or a hint."""

STYLE = (
    """
.ag-listing { line-height: 1.4; margin: .4em 0; }
.ag-listing p { margin: .3em 0; }
.ag-listing table.ag-checks { border-collapse: collapse; margin: .3em 0; width: auto; max-width: 60em; }
.ag-listing table.ag-checks > * > tr > * { text-align: left; vertical-align: top; padding: .3em .8em;
  border-bottom: 1px solid rgba(128, 128, 128, .4); white-space: normal; }
.ag-listing table.ag-checks > * > tr > .ag-state { white-space: nowrap; font-weight: bold;
  border-left: .35em solid rgba(128, 128, 128, .5); }
.ag-listing table.ag-checks > * > tr > .ag-right { border-left-color: rgb(40, 150, 80); }
.ag-listing table.ag-checks > * > tr > .ag-found { border-left-color: rgb(205, 60, 40); }
.ag-listing table.ag-checks > * > tr > .ag-earned { white-space: nowrap; text-align: right; }
"""
    + elements.STYLE
)


def listing(name: str, head: str, rows: Iterable[str]) -> str:
    """A table of checks with what stands above it; without rows there is no table.

    Args:
        name: a class of its own for the whole.
        head: HTML.
        rows: HTML of each row.
    """
    body = "".join(rows)
    table = f'<table class="ag-checks"><tbody>{body}</tbody></table>' if body else ""
    return f'<div class="ag-listing {name}"><style>{STYLE}</style>{head}{table}</div>'


def state(check: CheckResult) -> str:
    """The cell that says how a check ended, in a word and a colour."""
    return f'<td class="ag-state ag-{kind(check)}">{escape(WORDS[check.verdict])}</td>'


def told(check: CheckResult) -> Iterator[str]:
    """What a check says: its message, the arrays that are wrong where it is visible, its hint."""
    if check.message:
        yield paragraph(check.message)
    if check.visibility == "visible":
        yield from map(elements.pictured, check.details.get("elements", ()))
    if check.hint:
        yield paragraph(f"Hint: {check.hint}")


def paragraph(text: str) -> str:
    """A stranger's text as a paragraph."""
    return f"<p>{escape(plain(text, MESSAGE))}</p>"
