"""The one boundary: what grading asks of a sandbox, whichever kind it is.

There are three kinds behind it: locked (Landlock, seccomp, rlimits; Linux), unlocked (the same
worker on a student's own machine, any system) and scripted (in-process, for tests of the checks).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from ..errors import GraderFault, WorkerStopped
from ..submission.source import Layout, StudentSource
from . import wire

__all__ = ["Answer", "Limits", "Outcome", "Reply", "Sandbox", "Session", "Steps"]

Steps = tuple[wire.Call | wire.Sweep, ...]
"""A program's."""


@dataclass(frozen=True)
class Limits:
    """What one worker may use.

    Attributes:
        cpu_seconds: processor time for loading, and again for each program.  This judges.
        memory_bytes: address space on top of what Python and numpy take themselves.
        wall_seconds: derived: only rescues from code that sleeps (``2 * cpu + 1``).
    """

    cpu_seconds: float = 10.0
    memory_bytes: int = 768 * 2**20

    @property
    def wall_seconds(self) -> float:
        """When to give up on code that computes nothing."""
        return 2 * self.cpu_seconds + 1


@dataclass(frozen=True)
class Reply:
    """One step's outcome with its value decoded (see :class:`wire.Outcome`).

    ``value`` holds arrays, numbers, strings, tuples, lists, dicts, ``None`` or ``wire.Opaque``, and
    is meaningless where ``failure`` is set.
    """

    value: Any = None
    failure: wire.Failure | None = None
    warnings: tuple[wire.Warned, ...] = ()
    echo: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Answer:
    """A program's replies, one a step, and the processor time that the worker took for them.

    ``cpu_seconds`` is read from outside the worker where the system allows it (``nan`` elsewhere),
    so that the worker can't lie about it.  ``memory_bytes`` is more than the replies take up.
    """

    replies: tuple[Reply, ...]
    cpu_seconds: float = field(default=float("nan"), compare=False)
    memory_bytes: int = field(default=0, compare=False)


Outcome = Answer | WorkerStopped | GraderFault
"""What became of a program: its answer, or what asking for it alone would have raised."""


class Session(Protocol):
    """One submission, loaded.  Fresh workers are started as old ones are lost."""

    @property
    def loaded(self) -> wire.Loaded:
        """What could be loaded.  Modules in which a worker hung or died are listed as problems."""
        ...

    def run(self, *steps: wire.Call | wire.Sweep) -> Answer:
        """Run a program in the worker.

        Raises:
            WorkerStopped: the code hung, crashed, took too much memory, or did what is forbidden.
                The next ``run`` starts from a fresh worker.
            GraderFault: our own failure.
        """
        ...

    def ahead(self, *programs: Steps) -> tuple[Outcome, ...]:
        """Run programs one after the other, and say what became of each, up to where there is reason to stop.

        The first one's outcome is always there.  The others' may be asked for again.
        """
        ...

    def close(self) -> None:
        """End the worker.  Nothing of it is left: what is run afterwards has a fresh one."""
        ...


class Sandbox(Protocol):
    """Starts sessions."""

    @property
    def locks(self) -> tuple[str, ...]:
        """The names of the locks that every worker is under, as results state them."""
        ...

    def open(self, source: StudentSource, layout: Layout, *, meanwhile: Callable[[], None] | None = None) -> Session:
        """Load a submission.

        Args:
            source: the submission.
            layout: what is expected in it.
            meanwhile: work that may be done while the submission is loaded: done once, or not at all.

        Raises:
            SandboxUnavailable: a lock can't be applied on this machine.
            GraderFault: our own failure.
        """
        ...

    def close(self) -> None:
        """End the zygote and what it started."""
        ...
