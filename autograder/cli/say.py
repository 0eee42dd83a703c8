"""What all commands share: exit codes, and how something is said."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.text import Text

from ..text import plain

__all__ = ["FAULT", "FOUND", "INTERRUPTED", "OK", "WRONG_USE", "Interrupted", "complain", "counted", "screen", "tell"]

OK, FOUND, WRONG_USE, FAULT, INTERRUPTED = 0, 1, 2, 3, 130

PIPED = 160
"""Columns where nobody's terminal says how many: a log is not folded."""


class Interrupted(BaseException):
    """Ctrl-C or a request to end.  Not KeyboardInterrupt, which typer would take for its own."""


def screen() -> Console:
    """Standard output, as wide as the terminal is, or as a log may be."""
    return Console() if sys.stdout.isatty() else Console(width=PIPED)


def tell(*lines: str) -> None:
    """Lines on standard output, as they are: nothing in them is markup."""
    Console().print(Text("\n".join(lines)), soft_wrap=True)


def counted(number: int, noun: str) -> str:
    """So many of them: "1 file", "2 files"."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def complain(message: str) -> None:
    """One line on standard error."""
    Console(stderr=True).print(Text(f"autograder: {plain(message, 1000)}"), soft_wrap=True)
