"""A running worker as the trusted side sees it: something to ask, to time, and to end."""

from __future__ import annotations

import math
import secrets
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from ..errors import AutograderError, GraderFault, WorkerStopped
from ..results import Verdict
from ..text import plain
from . import replies, wire
from .channel import Channel, ClosedError, TimeUpError, Watch
from .endings import Ending, Seen, judge
from .interface import Answer, Limits, Steps

__all__ = ["Ended", "Process", "Worker", "cpu_clock", "life_limit"]

MAX_LOADING = 20_000
"""More parts than that no submission has."""

STARTING_SECONDS = 30.0
"""Processor time before a worker's first word: Python's own and numpy's, so not the student's limit."""

PATIENCE = 1.0
"""Seconds between the end of a pipe and the end of its process, where one follows from the other."""

CPUCLOCK_SCHED = 2

T = TypeVar("T")


class Process(Protocol):
    """The worker's process."""

    @property
    def channel(self) -> Channel:
        """The trusted side's end of its pipe."""

    def cpu_seconds(self) -> float:
        """Its processor time so far, read from outside; ``nan`` where that can't be had."""

    def delayed_seconds(self) -> float:
        """For how long it has been ready to run and was not let; 0 where that can't be had."""

    def settle(self) -> None:
        """It has loaded a submission: from now on it and this thread take turns."""

    def end(self, *, patience: float) -> Ended:
        """See to it that the process is gone and nothing of it left; once more does no harm.

        It may take ``patience`` seconds to end by itself, and is killed then.
        """


@dataclass(frozen=True)
class Ended:
    """How a process ended.

    Attributes:
        killed: whether it had to be.
        returncode: as :attr:`subprocess.Popen.returncode`; ``None`` if nobody can tell any more.
        cpu_seconds: the processor time of its whole life; ``nan`` where that can't be had.
    """

    killed: bool
    returncode: int | None
    cpu_seconds: float


def cpu_clock(pid: int) -> float:
    """The processor time of a process that hasn't been waited for, in seconds; ``nan`` on other systems than Linux."""
    if sys.platform != "linux":
        return math.nan
    try:
        # How the kernel names the clock of a process: MAKE_PROCESS_CPUCLOCK in its posix-timers.h.
        return time.clock_gettime(~pid << 3 | CPUCLOCK_SCHED)
    except OSError:
        return math.nan


def life_limit(limits: Limits) -> int:
    """The kernel's own limit on a worker's processor time: far more than a whole rubric takes."""
    return int(100 * limits.cpu_seconds) + 100


class Worker:
    """Speaks the protocol with one process, and says whose fault it was when that ends.

    After an exception the process is gone.

    Args:
        process: a process that has just been started.
        limits: what it may use.

    Raises:
        GraderFault: if it doesn't come to life.
    """

    def __init__(self, process: Process, limits: Limits) -> None:
        self._process = process
        self._limits = limits
        self._ran_code = False
        self._hello = self._receive(self._watch(STARTING_SECONDS), wire.Hello)

    @property
    def hello(self) -> wire.Hello:
        """The worker's first word."""
        return self._hello

    def load(
        self,
        load: wire.Load,
        cpu_seconds: float,
        on_loading: Callable[[str], None],
        meanwhile: Callable[[], None] | None = None,
    ) -> wire.Loaded:
        """Have the submission loaded; ``on_loading`` is told each part whose code runs next, as it is named there.

        What is to be done ``meanwhile`` is, before the first answer is waited for.

        Raises:
            WorkerStopped, GraderFault.
        """
        try:
            data = wire.frame(load)
        except wire.WireError:
            raise WorkerStopped(Verdict.OUT_OF_MEMORY, "The submission is larger than the grader takes.") from None
        watch = self._watch(cpu_seconds)
        self._ran_code = True
        self._send(data, watch)
        if meanwhile is not None:
            meanwhile()
        for _ in range(MAX_LOADING):
            reply = self._receive(watch, wire.Loading, wire.Loaded)
            if isinstance(reply, wire.Loaded):
                self._process.settle()
                return replies.tidy(reply)  # type: ignore[no-any-return]
            assert isinstance(reply, wire.Loading)
            on_loading(reply.module)
        raise self._stop(watch, Seen.NOT_THE_PROTOCOL, "more parts than a submission has")

    def run(self, programs: Sequence[Steps], cpu_seconds: float) -> Iterator[Answer]:
        """Run programs one after the other, each with that much processor time.

        Raises:
            WorkerStopped, GraderFault: in the place of an answer; there are no more of them then.
        """
        # Numbers that can't be guessed, so that no answer can be written before the question is read.
        for batch, data in _frames([wire.Program(secrets.randbits(63), steps) for steps in programs]):
            watch = self._watch(cpu_seconds)
            if self._process.channel.pending():
                raise self._stop(watch, Seen.NOT_THE_PROTOCOL, "it was not asked")
            self._send(data, watch)
            for program in batch:
                yield self._answer(program, watch)
                watch.again()

    def close(self) -> None:
        """End the process."""
        self._process.end(patience=0)

    def _answer(self, program: wire.Program, watch: Watch) -> Answer:
        body = self._body(watch)
        taken = watch.cpu_seconds()
        ran = self._read(body, watch, wire.Ran)
        if ran.id != program.id or len(ran.outcomes) != len(program.steps):
            raise self._stop(watch, Seen.NOT_THE_PROTOCOL, "this is no answer to what was asked")
        try:
            return Answer(tuple(map(replies.reply, ran.outcomes)), taken, replies.memory_bytes(body))
        except wire.WireError as error:
            raise self._stop(watch, Seen.NOT_THE_PROTOCOL, str(error)) from None

    def _watch(self, cpu_seconds: float) -> Watch:
        wall_seconds = Limits(cpu_seconds).wall_seconds
        return Watch(cpu_seconds, wall_seconds, self._process.cpu_seconds, self._process.delayed_seconds)

    def _send(self, data: bytes | bytearray, watch: Watch) -> None:
        try:
            self._process.channel.send(data, watch)
        except (ClosedError, TimeUpError) as error:
            raise self._stop(watch, _seen(error)) from None

    def _receive(self, watch: Watch, *kinds: type[T]) -> T:
        """The next message."""
        return self._read(self._body(watch), watch, *kinds)

    def _body(self, watch: Watch) -> bytearray:
        try:
            return self._process.channel.receive(watch)
        except (ClosedError, TimeUpError, wire.WireError) as error:
            raise self._stop(watch, _seen(error), str(error)) from None

    def _read(self, body: bytearray, watch: Watch, *kinds: type[T]) -> T:
        try:
            reply = replies.read(body)
        except wire.WireError as error:
            raise self._stop(watch, Seen.NOT_THE_PROTOCOL, str(error)) from None
        if not isinstance(reply, kinds):
            raise self._stop(watch, Seen.NOT_THE_PROTOCOL, "this message has no place here")
        return reply

    def _stop(self, watch: Watch, seen: Seen, detail: str = "") -> AutograderError:
        """End the process, and say whose fault it was."""
        ended = self._process.end(patience=PATIENCE if seen is Seen.END else 0)
        if seen is Seen.END and ended.killed:
            seen = Seen.SILENCE
        ending = Ending(seen, self._ran_code, ended.returncode, ended.cpu_seconds, plain(detail, replies.MAX_TEXT))
        return judge(ending, watch.cpu_limit, life_limit(self._limits))


def _frames(programs: Sequence[wire.Program]) -> Iterator[tuple[Sequence[wire.Program], bytearray]]:
    """As :func:`autograder.sandbox.wire.frames`; one that is too large is our own fault."""
    try:
        yield from wire.frames(programs)
    except wire.WireError as error:
        raise GraderFault(f"a program is too large: {error}") from None


def _seen(error: Exception) -> Seen:
    if isinstance(error, TimeUpError):
        return error.seen
    return Seen.END if isinstance(error, ClosedError) else Seen.NOT_THE_PROTOCOL
