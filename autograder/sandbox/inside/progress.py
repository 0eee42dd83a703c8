"""Whose code runs next: told to the trusted side before it runs, so that a death has a name."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager

from .. import wire

__all__ = ["Progress"]


class Progress:
    """Announces the parts of a submission, each before it is touched.

    A part is a file (``losses``, ``exercise.ipynb``), a cell (``cell 7``), or a line of one of these
    that runs at the top level (``losses line 42``).

    Args:
        say: sends the announcement.
        skip: the parts that an earlier worker hung or died in.
    """

    def __init__(self, say: Callable[[wire.Loading], None], skip: Collection[str]) -> None:
        self._say = say
        self._skip = frozenset(skip)
        self._current = ""

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
        """Whether an earlier worker came to grief in it."""
        return part in self._skip

    def lines_skipped(self, part: str) -> int:
        """In how many of its lines that happened."""
        return sum(skipped.startswith(f"{part} line ") for skipped in self._skip)

    def _announce(self, part: str) -> None:
        if part and part != self._current:
            self._say(wire.Loading(part))
        self._current = part or self._current
