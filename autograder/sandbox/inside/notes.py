"""What the trusted side is told while a submission is loaded: what is touched next, and what can't be used."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Literal

from .. import wire
from .results import name_of, said

__all__ = ["MAX_PROBLEMS", "Notes", "told"]

MAX_PROBLEMS = 50
MAX_MESSAGE = 300
MAX_NAME = 120

Kind = Literal["syntax", "error", "missing", "dropped", "odd"]


class Notes:
    """Announces the parts of a submission, each before it is touched, and collects problems.

    A part is a file (``areas``, ``work.ipynb``), a cell (``cell 7``), or a line of one of these
    that runs at the top level (``areas line 42``).  So a worker's death has a name, and the next
    worker leaves that part out.

    Args:
        say: sends an announcement.
        skip: the parts that an earlier worker hung or died in.
    """

    def __init__(self, say: Callable[[wire.Loading], None], skip: Collection[str] = ()) -> None:
        self._say = say
        self._skip = frozenset(skip)
        self._current = ""
        self._problems: dict[wire.Problem, None] = {}
        self._more = 0

    @contextmanager
    def within(self, part: str) -> Iterator[None]:
        """Announce a part, and the one round it again at the end."""
        outer = self._current
        self._announce(part)
        try:
            yield
        finally:
            self._announce(outer)

    def skips(self, part: str) -> bool:
        """Whether an earlier worker came to grief in that part.  The trusted side, which saw it, tells so."""
        return part in self._skip

    def lines_skipped(self, part: str) -> int:
        """In how many lines of a part an earlier worker came to grief."""
        return sum(skipped.startswith(f"{part} line ") for skipped in self._skip)

    def add(self, part: str, kind: Kind, message: str, line: int = 0) -> None:
        """Note a problem, once; the first fifty are kept, the rest counted."""
        problem = wire.Problem(_short(part, MAX_NAME), line, kind, _short(message, MAX_MESSAGE))
        if len(self._problems) < MAX_PROBLEMS or problem in self._problems:
            self._problems[problem] = None
        else:
            self._more += 1

    def problems(self) -> tuple[wire.Problem, ...]:
        """All that was kept, and how many there were beside it."""
        if not self._more:
            return tuple(self._problems)
        return (*self._problems, wire.Problem("", 0, "odd", f"{self._more} more problems are not listed"))

    def _announce(self, part: str) -> None:
        if part and part != self._current:
            self._say(wire.Loading(part))
        self._current = part


def told(error: BaseException) -> str:
    """An exception as a student knows it, ``ValueError: …``, whatever its own ``__str__`` does."""
    name, text = name_of(type(error)), said(error)
    return f"{name}: {text}" if text else name


def _short(text: str, limit: int) -> str:
    text = " ".join(said(text).split())
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
