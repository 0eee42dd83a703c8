"""The sandbox that grades: workers forked from a zygote, each under every lock (Linux)."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import TypeVar

from ..errors import GraderFault, SandboxUnavailable, UsageError
from ..submission.source import Layout, StudentSource
from .inside.control import LOCKS, Settings
from .interface import Limits
from .remedies import REMEDIES, unavailable
from .session import WorkerSession
from .worker import Worker, life_limit
from .zygote_client import Zygote, ZygoteGoneError

__all__ = ["Hurried", "LockedSandbox", "hold_to_locks"]

T = TypeVar("T")


def hold_to_locks(names: Iterable[str]) -> None:
    """Refuse what is no lock.

    Raises:
        UsageError: for the first by the alphabet.
    """
    unknown = sorted(set(names).difference(LOCKS))
    if unknown:
        raise UsageError(f"{unknown[0]!r} is no lock; the locks are {', '.join(LOCKS)}")


class LockedSandbox:
    """Implements :class:`autograder.sandbox.interface.Sandbox`.  Threads may share it; processes may not.

    Args:
        limits: what one worker may use.
        without: locks (of ``landlock``, ``seccomp``, ``rlimits``) to go on without, by name.
        wait: until it is known that this machine can apply the locks.  Otherwise the first submission waits, and
            whoever opens it is told; until then there is time for something else.
        spare: there is a core to spare (:func:`.cores.to_spare`): a worker loads there while this side does
            something else, and the next is forked when that is done.

    Raises:
        SandboxUnavailable: a lock that this machine can't apply.
        UsageError: an unknown lock in ``without``.
        GraderFault: our own failure.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        without: frozenset[str] = frozenset(),
        wait: bool = True,
        spare: bool = False,
    ) -> None:
        hold_to_locks(without)
        if sys.platform != "linux":
            raise SandboxUnavailable(f"the locks are Linux's. Remedy: {REMEDIES['linux']}")
        self._limits = limits or Limits()
        self._settings = Settings(
            memory_bytes=self._limits.memory_bytes, cpu_seconds=life_limit(self._limits), without=without
        )
        self._spare = spare
        self._lock = threading.Lock()
        self._zygote: Zygote | None = None
        self._with_zygote(Zygote.check if wait else _started)

    @property
    def locks(self) -> tuple[str, ...]:
        """The locks that every worker is under."""
        return tuple(lock for lock in LOCKS if lock not in self._settings.without)

    def open(
        self,
        source: StudentSource,
        layout: Layout,
        *,
        meanwhile: Callable[[], None] | None = None,
        patience: float | None = None,
    ) -> WorkerSession:
        """Load a submission; see :meth:`autograder.sandbox.interface.Sandbox.open` and :class:`WorkerSession`."""
        if not self._spare:  # on one core both would only be in each other's way
            meanwhile = None
        return WorkerSession(self._start, source, layout, self._limits, patience, meanwhile)

    def hurried(self, patience: float) -> Hurried:
        """The same sandbox, for submissions that are to be put off where they take long."""
        return Hurried(self, patience)

    def close(self) -> None:
        """End the zygote and what it started."""
        with self._lock:
            if self._zygote is not None:
                self._zygote.close()
                self._zygote = None

    def __enter__(self) -> LockedSandbox:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _start(self) -> Worker:
        """A worker that has said which locks hold it."""
        worker = Worker(self._with_zygote(Zygote.fork), self._limits)
        if worker.hello.refused:
            worker.close()
            raise unavailable(worker.hello.refused)
        if sorted(worker.hello.locks) != sorted(self.locks):
            worker.close()
            raise GraderFault(f"a worker is under {worker.hello.locks}, not under {self.locks}")
        return worker

    def _with_zygote(self, work: Callable[[Zygote], T]) -> T:
        """Do what needs a zygote, and once more with a new one if it has died."""
        gone: ZygoteGoneError | None = None
        for _ in range(2):
            zygote = None
            try:
                zygote = self._living()
                return work(zygote)
            except ZygoteGoneError as error:
                gone = error
                self._forget(zygote)
            except SandboxUnavailable:
                self._forget(zygote)
                raise
            except OSError as error:  # no descriptor or no process to be had, say
                raise GraderFault(f"no worker can be started: {error}") from error
        raise GraderFault(f"the zygote died twice: {gone}") from gone

    def _forget(self, zygote: Zygote | None) -> None:
        with self._lock:
            if self._zygote is zygote:
                self._zygote = None

    def _living(self) -> Zygote:
        with self._lock:
            if self._zygote is None:
                self._zygote = Zygote(self._settings, spare=self._spare)
            return self._zygote


def _started(zygote: Zygote) -> None:
    """All that is asked of a zygote that nobody waits for."""


class Hurried:
    """Implements :class:`autograder.sandbox.interface.Sandbox`: another sandbox, with patience of its own.

    Where a submission takes longer, its session raises :class:`autograder.errors.PutOff`.
    """

    def __init__(self, sandbox: LockedSandbox, patience: float) -> None:
        self._sandbox = sandbox
        self._patience = patience

    @property
    def locks(self) -> tuple[str, ...]:
        """The locks that every worker is under."""
        return self._sandbox.locks

    def open(
        self, source: StudentSource, layout: Layout, *, meanwhile: Callable[[], None] | None = None
    ) -> WorkerSession:
        """Load a submission."""
        return self._sandbox.open(source, layout, meanwhile=meanwhile, patience=self._patience)

    def close(self) -> None:
        """Nothing: the sandbox is another's."""
