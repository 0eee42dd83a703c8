"""One submission in a sandbox: loaded as far as it can be, and run in fresh workers as old ones are lost."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

import msgspec

from ..errors import GraderFault, PutOff, WorkerStopped
from ..results import Verdict
from ..submission.source import Layout, StudentSource
from ..text import plain
from . import replies, wire
from .interface import Answer, Limits, Outcome, Steps
from .worker import Worker

__all__ = ["WorkerSession"]

MAX_LOST = 16
"""A submission that hangs or dies in more parts than that is not loaded at all."""

MAX_PROBLEMS = 100

MAX_SOURCES = 128 * 2**10
"""Characters of all functions' sources together."""

LEAST_CPU_SECONDS = 2.0

MAX_HELD = 64 * 2**20
"""Bytes of answers that nobody has judged yet.  With more the worker is ended, and a fresh one asked for the rest."""


class WorkerSession:
    """Implements :class:`autograder.sandbox.interface.Session` for any kind of worker.

    Args:
        start: starts a fresh worker.
        source, layout: the submission, and what is expected in it.
        limits: what a worker may use.
        patience: give up as soon as loading, or a program, has taken so many seconds of processor time;
            ``None`` gives all that the limits allow.
        meanwhile: done while the first worker loads.

    Raises:
        GraderFault, SandboxUnavailable: as ``start`` raises them.
        PutOff: here and in :meth:`run`, where patience was at an end before the limit was.
    """

    def __init__(
        self,
        start: Callable[[], Worker],
        source: StudentSource,
        layout: Layout,
        limits: Limits,
        patience: float | None = None,
        meanwhile: Callable[[], None] | None = None,
    ) -> None:
        self._start = start
        functions = dict(layout.functions)
        self._load = wire.Load(source.kind, dict(source.files), layout.package, functions, given=layout.given)
        self._hurried = patience is not None and patience < limits.cpu_seconds
        self._cpu_seconds = patience if patience is not None and self._hurried else limits.cpu_seconds
        self._lost: dict[str, WorkerStopped] = {}
        self._hopeless: WorkerStopped | None = None
        self._worker: Worker | None = None
        self._loaded = self._open(meanwhile)

    @property
    def loaded(self) -> wire.Loaded:
        """What could be loaded.  Parts in which a worker hung or died are listed as problems."""
        lost = self._lost.items()
        problems = [wire.Problem(plain(part, replies.MAX_TEXT), 0, "error", stopped.message) for part, stopped in lost]
        return msgspec.structs.replace(self._loaded, problems=(*problems, *self._loaded.problems))

    def run(self, *steps: wire.Call | wire.Sweep) -> Answer:
        """Run a program in the worker, or in a fresh one if that was lost.

        A function of a module that hung or crashed while it was loaded does so again here: the
        verdict is that of the module.

        Raises:
            WorkerStopped, GraderFault: see :meth:`autograder.sandbox.interface.Session.run`.
        """
        (outcome,) = self.ahead(steps)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def ahead(self, *programs: Steps) -> tuple[Outcome, ...]:
        """Run programs in one worker: as many as it lives through, and the one that it doesn't.

        See :meth:`autograder.sandbox.interface.Session.ahead`, and :meth:`run`.
        """
        try:
            if self._worker is None and self._hopeless is None:
                self._loaded = self._open()
        except GraderFault as fault:
            return (fault,)
        if self._hopeless is not None:
            return (_in_part("", self._hopeless),)
        if (lost := self._lost_with(programs[0])) is not None:
            return (lost,)
        return tuple(self._outcomes(list(itertools.takewhile(lambda steps: self._lost_with(steps) is None, programs))))

    def _outcomes(self, programs: Sequence[Steps]) -> list[Outcome]:
        assert self._worker is not None
        outcomes: list[Outcome] = []
        held = 0
        try:
            for answer in self._worker.run(programs, self._cpu_seconds):
                outcomes.append(answer)
                held += answer.memory_bytes
                if held > MAX_HELD and len(outcomes) < len(programs):
                    self.close()
                    break
        except (WorkerStopped, GraderFault) as stop:
            self.close()
            self._shorten(stop)
            outcomes.append(stop)
        except Exception:
            self.close()
            if not outcomes:
                raise
            # Ours, but not the fault of what has been answered: it is met again where it was, by the next to ask.
        except BaseException:
            self.close()
            raise
        return outcomes

    def _lost_with(self, steps: Steps) -> WorkerStopped | None:
        """What happened to the module of a function that is called there, where it can't be loaded."""
        for step in steps:
            module = self._load.functions.get(step.function, "")
            if module in self._lost and step.function not in self._loaded.functions:
                return _in_part(module, self._lost[module])
        return None

    def close(self) -> None:
        """End the worker.  Nothing of it is left."""
        if self._worker is not None:
            self._worker.close()
            self._worker = None

    def _open(self, meanwhile: Callable[[], None] | None = None) -> wire.Loaded:
        """Load in a fresh worker, and again without the part that it hung or died in, until one lives."""
        while self._hopeless is None:
            self._worker = self._start()
            part = ""

            def note(loading: str) -> None:
                nonlocal part
                part = loading[: replies.MAX_TEXT]

            try:
                load = msgspec.structs.replace(self._load, skip=tuple(self._lost))
                doing, meanwhile = meanwhile, None
                return self._expected(self._worker.load(load, self._cpu_seconds, note, doing))
            except WorkerStopped as stopped:
                self.close()
                self._shorten(stopped)
                stuck = not part or part in self._lost
                self._lost[part] = stopped
                if stuck or len(self._lost) == MAX_LOST:
                    self._hopeless = _in_part(part, stopped)
            except BaseException:
                self.close()
                raise
        return wire.Loaded(())

    def _expected(self, loaded: wire.Loaded) -> wire.Loaded:
        """What the worker says it has, held to what there can be."""
        names = tuple(name for name in self._load.functions if name in loaded.functions)
        sources, room = {}, MAX_SOURCES
        for name in names:
            source = loaded.sources.get(name)
            if source is not None and len(source.text) <= room:
                sources[name] = source
                room -= len(source.text)
        return wire.Loaded(names, loaded.problems[:MAX_PROBLEMS], sources)

    def _shorten(self, error: BaseException) -> None:
        """After a time-out the rest gets half the time, so that what hangs everywhere holds nobody up for long."""
        if isinstance(error, WorkerStopped) and error.verdict is Verdict.TIMED_OUT:
            if self._hurried:
                raise PutOff from None
            self._cpu_seconds = min(self._cpu_seconds, max(self._cpu_seconds / 2, LEAST_CPU_SECONDS))


def _in_part(part: str, stopped: WorkerStopped) -> WorkerStopped:
    """The exception again, with the part that it happened in and without the traceback of the first time."""
    where = f"{plain(part, replies.MAX_TEXT)}: " if part else ""
    return WorkerStopped(stopped.verdict, where + stopped.message, stopped.detail)
