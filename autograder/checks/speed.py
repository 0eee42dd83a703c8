"""Speed: a loop over samples or features is told from operations on whole arrays.

The student's processor time is read from outside the worker and held against what the reference takes
on this side, for the same inputs and in the same moment.  A loop takes hundreds of times as long, so that
the limit is generous.  A busy machine fails nobody and lets no loop through: processor time does not grow
with load as elapsed time does, the least of several measurements counts on both sides, and what is not
clear is measured again.

No two calls have the same inputs, and each result has to be right: what a function remembers of earlier
calls is of no use to it.  Measured numbers go into ``Finding.timing`` alone, so that results stay the same
byte for byte.
"""

from __future__ import annotations

import functools
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import KW_ONLY, dataclass, field, replace
from typing import Any, ClassVar

import numpy as np

from ..errors import RubricError
from ..messages import say
from ..sandbox import wire
from ..sandbox.interface import Reply, Session
from . import calls
from .base import Case, Check, Finding, Prepared, Reference
from .findings import failed, passed, skipped, without_result
from .subject import Subject, subject_of
from .tolerance import ORDINARY, Tolerance

__all__ = ["Speed"]

REPEATS = 3
"""Calls in one measurement: enough to outweigh what a program costs by itself."""

OPENING = 1
"""Calls in the first one: what the program costs counts against the student, and most are fast all the same."""

ACCIDENT = 2.0
"""How many times the least that it ever took the reference may take, to be believed in the first measurement."""

ATTEMPTS = 5

CLEAR = 0.5
"""So small a part of the limit is fast enough without a second measurement: no accident makes a loop that fast."""

HOPELESS = 2.5
"""So many times over the limit, the second measurement that says so is the last: no load does that."""

SURE = 0.1
"""So large a part of what the forward takes has to be left for a backward to be slow, too: less may be an accident."""

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
        forward_elsewhere: the forward has a check of its own: where it alone is slow, this one is passed.
        tolerance: how close to the reference is right.
    """

    kind: ClassVar[str] = "speed"

    function: str = ""
    _: KW_ONLY
    layer: str = ""
    pick: int | None = None
    at_most: float = 20.0
    forward_elsewhere: bool = False
    tolerance: Tolerance = ORDINARY
    _least: dict[Any, float] = field(default_factory=dict, init=False, repr=False, compare=False)

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
        """Draw cases, and make ready to draw more of the same kind."""
        cases = tuple(self.cases(rng))
        return Prepared(
            cases, tuple(_Trials(self, reference, index, case, rng.spawn(1)[0]) for index, case in enumerate(cases))
        )

    def examine(self, session: Session, prepared: Prepared) -> Finding:
        """Measure in each case until it is clear whether it is fast enough."""
        timing: dict[str, float] = {}
        for i, (case, trials) in enumerate(zip(prepared.cases, prepared.expected, strict=True)):
            finding, seconds, reference = self._measure(session, (i, case), trials)
            timing |= {f"seconds-{i}": seconds, f"reference-{i}": reference}
            if finding is not None:
                return replace(finding, timing=timing)
        return replace(passed(), timing=timing)

    def _measure(
        self, session: Session, case: tuple[int, Case], trials: _Trials
    ) -> tuple[Finding | None, float, float]:
        """What is wrong, if anything; how long one call took at best (0: not measured), and how long the reference."""
        tried = trials.opening()
        if tried is not None:
            answer = session.run(*tried.steps)
            finding = self._not_right(tried, answer.replies)
            if finding is not None:
                return finding, 0.0, tried.seconds
            if answer.cpu_seconds <= CLEAR * (self.at_most * tried.seconds + OVERHEAD):
                return None, answer.cpu_seconds, tried.seconds
        least = reference = math.inf
        for attempt in range(ATTEMPTS):
            tried = trials.draw()
            reference = min(reference, tried.seconds)
            started = time.perf_counter()
            answer = session.run(*tried.steps)
            elapsed = time.perf_counter() - started
            finding = self._not_right(tried, answer.replies)
            if finding is not None:
                return finding, 0.0, reference
            timed = not math.isnan(answer.cpu_seconds)
            least = min(least, (answer.cpu_seconds if timed else elapsed) / REPEATS)
            allowed = self.at_most * reference + OVERHEAD
            if least <= CLEAR * allowed:
                break
            if timed and attempt and least > HOPELESS * allowed:
                break
        if least <= allowed:
            return None, least, reference
        slow = self._slow(session, trials, least, allowed)
        return failed(say("slow", function=slow), case) if slow else None, least, reference

    def _slow(self, session: Session, trials: _Trials, least: float, allowed: float) -> str:
        """Which function is the slow one: of two, the forward is timed alone.  Nothing if it is marked elsewhere."""
        if len(self.functions) == 1:
            return self._subject.last
        forward, backward = self.functions
        if self.forward_elsewhere:
            session.close()  # a forward that had seen the backward called could take its time to excuse it
        started = time.perf_counter()
        answer = session.run(trials.draw().steps[0])
        elapsed = time.perf_counter() - started
        alone = elapsed if math.isnan(answer.cpu_seconds) else answer.cpu_seconds
        rest = least - alone
        if self.forward_elsewhere:
            return backward if alone <= allowed or rest > max(allowed, SURE * alone) else ""
        return backward if rest > alone else forward

    def _not_right(self, tried: _Trial, replies: Sequence[Reply]) -> Finding | None:
        """What keeps any of the calls from being marked."""
        size = len(self.functions)
        rounds = [replies[start : start + size] for start in range(0, len(replies), size)]
        for called, (case, due) in zip(rounds, tried.cases, strict=True):
            missing = without_result(self._subject.named(called))
            if missing is not None:
                return missing
            wrong = self._subject.wrong(case, due, called, self.tolerance)
            if wrong is not None:
                return skipped(say("not-right-yet", function=wrong[0]))
        return None


@dataclass(frozen=True)
class _Trial:
    """One measurement.

    Attributes:
        cases: each call's inputs, and what is due.
        steps: the program that makes the calls.
        seconds: the reference's processor time for one of them, the least.
    """

    cases: tuple[tuple[Case, dict[str, Any]], ...]
    steps: tuple[wire.Call, ...]
    seconds: float


class _Trials:
    """Measurements of one case's kind, each with inputs of its own."""

    def __init__(self, check: Speed, reference: Reference, index: int, first: Case, rng: np.random.Generator) -> None:
        self._check = check
        self._reference = reference
        self._index = index
        self._first: Case | None = first
        self._rng = rng
        # By the functions themselves: a check may meet more than one reference.
        self._key = (index, *map(reference.__getitem__, check.functions))

    def opening(self) -> _Trial | None:
        """A short one, where this process knows already how long the reference takes."""
        known = self._check._least.get(self._key)
        if known is None:
            return None
        tried = self._draw(OPENING)
        return replace(tried, seconds=min(tried.seconds, ACCIDENT * known))

    def draw(self) -> _Trial:
        """The next one."""
        return self._draw(REPEATS)

    def _draw(self, count: int) -> _Trial:
        subject = self._check._subject
        cases: list[tuple[Case, dict[str, Any]]] = []
        steps: list[wire.Call] = []
        least = math.inf
        for _ in range(count):
            case, self._first = self._first or self._check.cases(self._rng)[self._index], None
            timed = _Timed(self._reference, self._check.functions)
            due = subject.due(timed.functions, case, self._rng)
            least = min(least, timed.seconds)
            steps += subject.steps(calls.Wired(case), due, len(steps))
            cases.append((case, due))
        self._check._least[self._key] = min(least, self._check._least.get(self._key, math.inf))
        return _Trial(tuple(cases), tuple(steps), least)


class _Timed:
    """Functions of the reference, and the processor time that calls of them take."""

    def __init__(self, reference: Reference, names: Sequence[str]) -> None:
        self.functions = {name: self._timed(reference[name]) for name in names}
        self.seconds = 0.0

    def _timed(self, function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def timed(*args: Any, **kwargs: Any) -> Any:
            started = time.process_time()
            try:
                return function(*args, **kwargs)
            finally:
                self.seconds += time.process_time() - started

        return timed
