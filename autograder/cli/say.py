"""What all commands share: exit codes, and the one line that a complaint is."""

from __future__ import annotations

import enum

from rich.console import Console
from rich.text import Text

from ..text import plain

__all__ = ["FAULT", "FOUND", "INTERRUPTED", "OK", "WRONG_USE", "Attempt", "Interrupted", "complain"]

OK, FOUND, WRONG_USE, FAULT, INTERRUPTED = 0, 1, 2, 3, 130


class Attempt(enum.Enum):
    """Which of a student's attempts counts."""

    LAST = "last"
    BEST = "best"


class Interrupted(BaseException):
    """Ctrl-C or a request to end.  Not KeyboardInterrupt, which typer would take for its own."""


def complain(message: str) -> None:
    """One line on standard error."""
    Console(stderr=True).print(Text(f"autograder: {plain(message, 1000)}"), soft_wrap=True)
