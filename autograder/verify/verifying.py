"""All parts, one after the other."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

import msgspec

from ..errors import UsageError
from ..grading import rubrics
from ..release.exercise import Exercise
from . import by_heart as learned
from . import parts
from .bench import Setting
from .crew import Hands, Progress, Silent
from .killing import killing
from .outcome import Outcome
from .parts import Subject

__all__ = ["KILL_RATE", "NAMES", "verify"]

KILL_RATE = 98.0
"""Per cent of the mutants that have to be caught."""

ORDER: dict[str, Callable[[Subject], Outcome]] = {
    "reference": parts.reference,
    "stubs": parts.stubs,
    "alternatives": parts.alternatives,
    "misconceptions": parts.misconceptions,
    "by-heart": learned.by_heart,
    "mutants": killing,
    "assignment": parts.assignment,
    "leaks": parts.leaks,
}

NAMES = tuple(ORDER)
"""The parts' names, in order."""


def verify(
    rubric: str = rubrics.DEFAULT,
    *,
    key: str = "",
    only: Collection[str] = (),
    jobs: int = 1,
    assignment: Path | None = None,
    kill_rate: float = KILL_RATE,
    by_heart: float = 0.0,
    progress: Progress | None = None,
) -> Iterator[Outcome]:
    """Verify an exercise; yield each part's outcome as it ends.

    Args:
        rubric: its name, as :func:`autograder.grading.rubrics.load` takes it.
        key: what the hidden cases are drawn from; the same key gives the same outcomes.
        only: the parts to verify; all by default.
        jobs: how many processes grade.
        assignment: where the release is; ``None`` if it is nowhere.
        kill_rate: per cent of the mutants that have to be caught.
        by_heart: points that a table of the visible answers may earn.
        progress: told how far a part has come.

    Raises:
        UsageError: an unknown part, or a mistake in the exercise's folder.
        GraderFault: a check could not be judged.
    """
    for name in only:
        if name not in ORDER:
            raise UsageError(f"{name}: verify has no such part; it has {', '.join(NAMES)}")
    exercise = Exercise(rubrics.load(rubric))
    with Hands(jobs, progress or Silent()) as hands:
        subject = Subject(exercise, Setting(rubric, key), hands, assignment, kill_rate, by_heart)
        for name, part in ORDER.items():
            if not only or name in only:
                started = time.perf_counter()
                outcome = part(subject)
                yield msgspec.structs.replace(outcome, seconds=round(time.perf_counter() - started, 1))
