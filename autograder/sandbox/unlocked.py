"""The sandbox of a student's own machine: the same worker in a process of its own, without locks.

It keeps a crash or an endless loop from the one who asks, on any operating system.  It protects
nothing from hostile code.
"""

from __future__ import annotations

import math
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from types import TracebackType

from ..errors import GraderFault
from ..submission.source import Layout, StudentSource
from . import launch
from .interface import Limits
from .pipe_channel import PipeChannel
from .session import WorkerSession
from .worker import Ended, Worker, cpu_clock, life_limit

__all__ = ["UnlockedSandbox"]


class UnlockedSandbox:
    """Implements :class:`autograder.sandbox.interface.Sandbox`."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()

    @property
    def locks(self) -> tuple[str, ...]:
        """None."""
        return ()

    def open(
        self, source: StudentSource, layout: Layout, *, meanwhile: Callable[[], None] | None = None
    ) -> WorkerSession:
        """Load a submission; see :meth:`autograder.sandbox.interface.Sandbox.open`."""
        return WorkerSession(self._start, source, layout, self._limits, meanwhile=meanwhile)

    def close(self) -> None:
        """Nothing is shared between sessions, so that nothing is left to end."""

    def __enter__(self) -> UnlockedSandbox:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _start(self) -> Worker:
        try:
            process = SubprocessProcess(self._limits)
        except OSError as error:
            raise GraderFault(f"no worker can be started: {error}") from error
        return Worker(process, self._limits)


class SubprocessProcess:
    """Implements :class:`autograder.sandbox.worker.Process`."""

    def __init__(self, limits: Limits) -> None:
        self._process = subprocess.Popen(
            launch.command("solo", str(life_limit(limits))),
            env=launch.environment(inherited=True),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            start_new_session=True,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self.channel = PipeChannel(self._process.stdin, self._process.stdout)

    def cpu_seconds(self) -> float:
        """By the clock that Linux keeps for the process."""
        return cpu_clock(self._process.pid)

    def delayed_seconds(self) -> float:
        """Nobody asks: on a machine of one's own the wall clock will do."""
        return 0.0

    def settle(self) -> None:
        """It runs where the system lets it."""

    def end(self, *, patience: float) -> Ended:
        """Kill it unless it ends by itself, and close its pipes."""
        killed = False
        try:
            self._process.wait(patience)
        except subprocess.TimeoutExpired:
            killed = True
            self._kill()
            self._process.wait()
        self.channel.close()
        return Ended(killed, self._process.returncode, math.nan)

    def _kill(self) -> None:
        """End the process, and where the system has process groups what it has started as well."""
        if sys.platform == "win32":
            self._process.kill()
        else:
            os.killpg(self._process.pid, signal.SIGKILL)
