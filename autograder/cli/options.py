"""Options that several commands have."""

from __future__ import annotations

import enum
from typing import Annotated

import typer

__all__ = ["Attempt", "Scheme"]

Scheme = Annotated[
    str, typer.Option("--rubric", metavar="MODULE", help="The marking scheme: a module's name, or a .py file.")
]


class Attempt(enum.Enum):
    """Which of a student's attempts counts."""

    LAST = "last"
    BEST = "best"
