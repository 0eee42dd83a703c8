"""What could not be used of a submission: a bounded list, told in sentences."""

from __future__ import annotations

from typing import Literal

from .. import wire
from .results import name_of, said

__all__ = ["MAX_PROBLEMS", "Problems", "told"]

MAX_PROBLEMS = 50
MAX_MESSAGE = 300
MAX_NAME = 120

Kind = Literal["syntax", "error", "missing", "dropped", "odd"]


class Problems:
    """Collects problems, each once."""

    def __init__(self) -> None:
        self._kept: dict[wire.Problem, None] = {}
        self._more = 0

    def add(self, module: str, kind: Kind, message: str, line: int = 0) -> None:
        """Note a problem; the first fifty are kept, the rest counted."""
        problem = wire.Problem(_short(module, MAX_NAME), line, kind, _short(message, MAX_MESSAGE))
        if len(self._kept) < MAX_PROBLEMS or problem in self._kept:
            self._kept[problem] = None
        else:
            self._more += 1

    def listed(self) -> tuple[wire.Problem, ...]:
        """All that was kept, and how many there were beside it."""
        if not self._more:
            return tuple(self._kept)
        return (*self._kept, wire.Problem("", 0, "odd", f"{self._more} more problems are not listed"))


def told(error: BaseException) -> str:
    """An exception as a student knows it, ``ValueError: …``, whatever its own ``__str__`` does."""
    name, text = name_of(type(error)), said(error)
    return f"{name}: {text}" if text else name


def _short(text: str, limit: int) -> str:
    text = " ".join(said(text).split())
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
