"""Making a stranger's text safe to show: in a message, on a terminal, in a spreadsheet, as a listing."""

from __future__ import annotations

import unicodedata

__all__ = ["cell", "lines", "no_formula", "plain"]


def plain(text: str, limit: int = 200) -> str:
    """The text on one line: control and formatting characters spelt out, and no longer than ``limit``.

    What a terminal would obey (escape sequences, carriage returns, changes of direction) becomes
    visible text.
    """
    shown = text[: limit + 1]
    if not shown.isprintable():
        shown = "".join(_spelt(char) if unicodedata.category(char)[0] == "C" else char for char in shown)
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


def cell(text: str, limit: int = 200) -> str:
    """The text for a spreadsheet's cell: as :func:`plain`, and never the start of a formula."""
    return no_formula(plain(text, limit))


def no_formula(shown: str) -> str:
    """A cell's text with an apostrophe in front where a spreadsheet would compute it."""
    return f"'{shown}" if shown.lstrip()[:1] in ("=", "+", "-", "@") else shown


def lines(text: str, limit: int) -> str:
    """The text line by line, each as :func:`plain` has it, tabs widened; no longer than ``limit`` and one "…"."""
    shown = text[:limit].expandtabs()
    if not shown.replace("\n", "").isprintable():
        shown = "\n".join(plain(line, limit) for line in shown.split("\n"))
    return shown if len(shown) <= limit and len(text) <= limit else f"{shown[:limit]}…"


def _spelt(char: str) -> str:
    return " " if char in "\n\t" else char.encode("unicode_escape").decode("ascii")
