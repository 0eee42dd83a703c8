"""Work spread over processes, with its progress told as it goes."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from typing import Any, Protocol, TypeVar

from ..grading.executors import Crew, InProcess, processes
from . import bench

__all__ = ["Hands", "Progress", "Silent"]

T = TypeVar("T")


class Progress(Protocol):
    """Who is told how far a part has come."""

    def __call__(self, part: str, done: int, total: int) -> None:
        """``done`` of ``total`` pieces of a part's work are done."""


class Silent:
    """Nobody."""

    def __call__(self, part: str, done: int, total: int) -> None:
        """Nothing."""


class Hands:
    """Some processes, or this one where one is enough; kept from part to part, as what they prepare is.

    Args:
        jobs: how many.
        progress: told of each finished piece.
    """

    def __init__(self, jobs: int, progress: Progress) -> None:
        self._jobs = jobs
        self._progress = progress
        make = InProcess if jobs == 1 else functools.partial(processes, jobs, preload="autograder.verify.bench")
        self._crew = Crew(make)

    def __enter__(self) -> Hands:
        return self

    def __exit__(self, *exception: Any) -> None:
        self._crew.__exit__(*exception)
        bench.close()

    def map(self, part: str, function: Callable[..., T], calls: Iterable[tuple[Any, ...]]) -> list[T]:
        """A function's values, in the order of the calls.

        Raises:
            Exception: what the function raised.
        """
        waiting = list(calls)
        values: dict[int, T] = {}
        self._progress(part, 0, len(waiting))
        for position, arguments in enumerate(waiting):
            self._crew.submit(position, function, *arguments)
            while self._crew.busy >= 4 * self._jobs:
                self._take(part, values, len(waiting))
        while self._crew.busy:
            self._take(part, values, len(waiting))
        return [values[position] for position in range(len(waiting))]

    def _take(self, part: str, values: dict[int, T], total: int) -> None:
        for position, answer in self._crew.wait():
            if isinstance(answer, BaseException):
                raise answer
            values[position] = answer
            self._progress(part, len(values), total)
