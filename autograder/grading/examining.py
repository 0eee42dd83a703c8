"""Running a submission's checks: what they ask first is asked of the worker together.

Each turn between the two processes finds the caches full of what the other one did, so that a hundred small
questions cost more than their answers.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from ..checks.base import Check, Finding, Prepared
from ..errors import GraderFault, PutOff, WorkerStopped
from ..results import Verdict
from ..sandbox import wire
from ..sandbox.interface import Answer, Outcome, Reply, Session, Steps

__all__ = ["Answered", "Asked", "Examination", "Examined", "again"]

T = TypeVar("T")

TOGETHER = 64
"""Checks whose cases are drawn, and asked for, at once."""

MAX_KEPT = 128 * 2**20
"""Bytes of a submission's answers that are kept when they have been judged, to name its mistakes by."""

FAULT = "The grader itself failed here, not your code. This check has to be run again before it counts."

Asked = tuple[str, Check, Callable[[], Prepared]]
"""A task's name, one of its checks, and what prepares it; where that fails, it is this check's fault alone."""


@dataclass(frozen=True)
class Examined:
    """A check that was run: what was prepared, found, and what came back first."""

    task: str
    check: Check
    prepared: Prepared | None
    finding: Finding
    replies: tuple[Reply, ...]

    @property
    def where(self) -> str:
        """``"task/check"``."""
        return f"{self.task}/{self.check.name}"


class Answered:
    """A session for one check: what became of its first program is known, and kept.

    Args:
        session: what the rest is asked of.
        steps: the program that has been run; none if there are no steps.
        outcome: what came back, or what is to be raised.
    """

    def __init__(self, session: Session, steps: Steps = (), outcome: Answer | Exception | None = None) -> None:
        self._session = session
        self._steps = steps
        self._outcome = outcome
        self.replies: tuple[Reply, ...] = ()
        self.memory_bytes = 0

    @property
    def loaded(self) -> wire.Loaded:
        """The session's."""
        return self._session.loaded

    def run(self, *steps: wire.Call | wire.Sweep) -> Answer:
        """As the session does; the program that has been run is not run again."""
        outcome, self._outcome = self._outcome, None
        if isinstance(outcome, Exception):
            raise outcome
        answer = outcome if outcome is not None and steps == self._steps else self._session.run(*steps)
        if not self.replies:
            self.replies, self.memory_bytes = answer.replies, answer.memory_bytes
        return answer

    def ahead(self, *programs: Steps) -> tuple[Outcome, ...]:
        """As the session does."""
        return self._session.ahead(*programs)

    def close(self) -> None:
        """As the session does."""
        self._session.close()


class Examination:
    """A submission's checks, run in order but for what they ask first.

    Args:
        checks: in order.
    """

    def __init__(self, checks: Iterable[Asked]) -> None:
        self._rest = iter(checks)
        self._group: list[_Begun] = []

    def begin(self) -> None:
        """Draw the first checks' cases, unless they have been drawn; no session is needed for that."""
        if not self._group:
            self._group = [_Begun(*each) for each in itertools.islice(self._rest, TOGETHER)]

    def run(self, session: Session) -> list[Examined]:
        """Run all of them.

        A check that fails by our own fault is run once more, then listed as ``grader_fault``.

        Raises:
            PutOff: in a sandbox that is in a hurry.
        """
        found: list[Examined] = []
        room = MAX_KEPT
        self.begin()
        while group := self._group:
            outcomes = _outcomes(session, [begun.steps for begun in group if begun.steps])
            for begun in group:
                answered = Answered(session, begun.steps, next(outcomes) if begun.steps else None)
                examined = begun.end(answered)
                if answered.memory_bytes > room:  # this one's mistake is not named, and no more than that
                    examined = replace(examined, replies=())
                else:
                    room -= answered.memory_bytes
                found.append(examined)
            self._group = []
            self.begin()
        return found


def again(attempt: Callable[[], T]) -> T:
    """Try once more where the fault was ours: a worker killed from outside is no student's doing."""
    try:
        return attempt()
    except GraderFault:
        return attempt()


class _Begun:
    """A check with its cases drawn, or with what kept it from that."""

    def __init__(self, task: str, check: Check, prepare: Callable[[], Prepared]) -> None:
        self._task = task
        self._check = check
        self._prepared: Prepared | None = None
        self._fault: Finding | None = None
        self.steps: Steps = ()
        try:
            self._prepared = prepare()
            self.steps = self._prepared.program(check.steps)
        except Exception as error:  # ours, and not to become a mark
            self._fault = _fault(error)

    def end(self, session: Answered) -> Examined:
        finding = self._fault or self._finding(session)
        return Examined(self._task, self._check, self._prepared, finding, session.replies)

    def _finding(self, session: Answered) -> Finding:
        prepared = self._prepared
        assert prepared is not None
        try:
            return again(lambda: self._check.examine(session, prepared))
        except WorkerStopped as stopped:
            seen = {"seen": stopped.detail} if stopped.detail else {}
            return Finding(stopped.verdict, 0.0, stopped.message, details=seen)
        except PutOff:
            raise
        except Exception as error:  # whatever else it is, it is ours as well
            return _fault(error)


def _outcomes(session: Session, programs: Sequence[Steps]) -> Iterator[Answer | Exception]:
    """What became of each program; run when it is asked for, with as many more as the session will."""
    done = 0
    while done < len(programs):
        outcomes: Sequence[Answer | Exception]
        try:
            outcomes = session.ahead(*programs[done:])
        except PutOff:
            raise
        except Exception as error:  # ours; to be raised where the first one's check can say so
            outcomes = (error,)
        done += len(outcomes)
        yield from outcomes
        del outcomes  # not to be kept while more of them come


def _fault(error: Exception) -> Finding:
    return Finding(Verdict.GRADER_FAULT, 0.0, FAULT, details={"error": f"{type(error).__name__}: {error}"[:500]})
