"""Speed: a loop over samples or features is told from operations on whole arrays.

The student's processor time is read from outside the worker and held against what the reference takes
on this side.  A loop takes hundreds of times as long, so that the limit is generous, and a busy machine
fails nobody: the least of several measurements counts, and processor time does not grow with load as
elapsed time does.  Measured numbers go into ``Finding.timing`` alone, so that results stay the same
byte for byte.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass, replace
from typing import Any, ClassVar

import numpy as np

from ..errors import RubricError
from ..messages import say
from ..sandbox import wire
from ..sandbox.interface import Reply, Session
from . import calls
from .base import Case, Check, Finding, Prepared, Reference
from .findings import failed, of_failure, passed, skipped, without_result
from .subject import Subject, subject_of
from .tolerance import ORDINARY, Tolerance

__all__ = ["Speed"]

REPEATS = 3
"""Calls in one measurement: enough to outweigh what a program costs by itself."""

ATTEMPTS = 5

HOPELESS = 2.5
"""So many times over the limit, the second measurement that says so is the last: no load does that."""

OVERHEAD = 3e-4
"""Seconds of processor time that a call may cost the worker besides the function: arguments are decoded and copied."""


@dataclass(frozen=True)
class Speed(Check):
    """Time a function, or a forward and its backward, on a large input.

    Attributes:
        function: the function's name.
        layer: in its place, ``{layer}_forward`` and ``{layer}_backward`` one after the other.
        pick: only this element of the returned tuple has to be right.
        at_most: how many times as long as the reference it may take.
        tolerance: how close to the reference is right.
    """

    kind: ClassVar[str] = "speed"

    function: str = ""
    _: KW_ONLY
    layer: str = ""
    pick: int | None = None
    at_most: float = 20.0
    tolerance: Tolerance = ORDINARY

    def __post_init__(self) -> None:
        subject_of(self.function, self.layer)
        if self.visible:
            raise RubricError("a speed check can't be visible: on a student's machine there is no reference to time")

    @property
    def _subject(self) -> Subject:
        return subject_of(self.function, self.layer, pick=self.pick)

    @property
    def functions(self) -> tuple[str, ...]:
        """The function, or the forward and the backward."""
        return self._subject.functions

    def prepare(self, reference: Reference, rng: np.random.Generator) -> Prepared:
        """Draw cases, ask the reference for its results, and time it."""
        cases = tuple(self.cases(rng))
        expected = []
        for case in cases:
            due = self._subject.due(reference, case, rng)
            expected.append({**due, "seconds": _seconds(reference, self.functions, case, due["dout"])})
        return Prepared(cases, tuple(expected))

    def steps(self, case: Case, expected: dict[str, Any]) -> tuple[wire.Call, ...]:
        """One measurement's program: the same calls again and again, of which the last are sent back."""
        wired = calls.Wired(case)
        steps: list[wire.Call] = []
        for repeat in range(REPEATS):
            steps += self._subject.steps(wired, expected, len(steps), send=repeat == REPEATS - 1)
        return tuple(steps)

    def examine(self, session: Session, prepared: Prepared) -> Finding:
        """Measure in each case until it is fast enough once, or never."""
        timing: dict[str, float] = {}
        for i, (case, expected) in enumerate(zip(prepared.cases, prepared.expected, strict=True)):
            finding, seconds = self._measure(session, (i, case), expected)
            timing |= {f"seconds-{i}": seconds, f"reference-{i}": expected["seconds"]}
            if finding is not None:
                return replace(finding, timing=timing)
        return replace(passed(), timing=timing)

    def _measure(
        self, session: Session, case: tuple[int, Case], expected: dict[str, Any]
    ) -> tuple[Finding | None, float]:
        """What is wrong, if anything is, and how long one call took at best (0 where that wasn't measured)."""
        steps = self.steps(case[1], expected)
        least, allowed = math.inf, self.at_most * expected["seconds"] + OVERHEAD
        for attempt in range(ATTEMPTS):
            started = time.perf_counter()
            answer = session.run(*steps)
            elapsed = time.perf_counter() - started
            finding = self._not_right(case[1], expected, answer.replies)
            if finding is not None:
                return finding, 0.0
            timed = not math.isnan(answer.cpu_seconds)
            least = min(least, (answer.cpu_seconds if timed else elapsed) / REPEATS)
            if least <= allowed:
                return None, least
            if timed and attempt and least > HOPELESS * allowed:
                break
        return failed(say("slow", function=self._subject.last), case), least

    def _not_right(self, case: Case, expected: dict[str, Any], replies: Sequence[Reply]) -> Finding | None:
        size = len(self.functions)
        names = self.functions * REPEATS
        for reply, function in zip(replies, names, strict=True):
            if reply.failure is not None:
                return of_failure(reply.failure, function)
        last = replies[-size:]
        missing = without_result(self._subject.named(last))
        if missing is not None:
            return missing
        wrong = self._subject.wrong(case, expected, last, self.tolerance)
        return None if wrong is None else skipped(say("not-right-yet", function=wrong[0]))


def _seconds(reference: Reference, functions: tuple[str, ...], case: Case, dout: Any) -> float:
    """The reference's processor time for one call, copying its arguments included: the least of three."""
    least = math.inf
    for _ in range(3):
        started = time.process_time()
        result = calls.ask(reference, functions[0], case)
        if len(functions) == 2:
            reference[functions[1]](dout.copy(), result[1])
        least = min(least, time.process_time() - started)
    return max(least, 1e-7)
