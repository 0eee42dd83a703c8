"""One core for two processes that take turns.

The trusted side asks, and waits; the worker answers, and waits.  Where a machine has fast cores and slow ones, both
sides of a speed check are so timed on the same.  Nothing is lost by sharing, for never do both run for long; what
was gained when each check took a turn of its own, a fifth of the time, is gone since they are asked together
(``benchmarks/cost.py`` has both).

The core is the one that the thread is on when it gets a worker.  Between two workers it is free, and the
scheduler moves it to where there is least to do.  While a worker loads, it shares the core only where there is
no other to spare: this side draws cases in that time.  The worker has no say: it was forked ahead, when other
cores may have been busy.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Set as AbstractSet
from pathlib import Path

__all__ = ["SharedCore", "to_spare"]


def to_spare(graders: int, cores: int = 0) -> bool:
    """Whether each of so many graders has a second core, for what its worker does while it does something else.

    Args:
        graders: how many there are.
        cores: how many they share; by default those that this process may use.
    """
    return 2 * graders <= (cores or len(os.sched_getaffinity(0)))


class _Kept:
    """What a thread has to go back to, and how many workers it shares its core with."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.shared = 0
        self.thread = 0
        self.cores: AbstractSet[int] = frozenset()


class _Thread(threading.local):
    """This thread's; whoever releases it from another one needs an object of its own."""

    def __init__(self) -> None:
        self.kept = _Kept()


_this = _Thread()


class SharedCore:
    """Keeps this thread and a worker on one core until :meth:`release`.

    Where the system has no such thing, or forbids it, nothing happens.

    Args:
        pid: the worker's process.
    """

    def __init__(self, pid: int) -> None:
        self._kept: _Kept | None = None
        if sys.platform != "linux":
            return
        kept = _this.kept
        with kept.lock, contextlib.suppress(OSError, IndexError, ValueError):
            if not kept.shared:
                kept.thread = threading.get_native_id()  # asked now: what a fork has of it is its parent's
                kept.cores = os.sched_getaffinity(0)
                os.sched_setaffinity(0, {_core()})
            kept.shared += 1
            self._kept = kept
            os.sched_setaffinity(pid, os.sched_getaffinity(0))

    def release(self) -> None:
        """Let the thread go where it could before; from any thread, and once more does no harm."""
        kept, self._kept = self._kept, None
        if kept is None:
            return
        with kept.lock, contextlib.suppress(OSError):  # the thread may have ended
            kept.shared -= 1
            if not kept.shared:
                os.sched_setaffinity(kept.thread, kept.cores)


def _core() -> int:
    """Where this thread runs: field 39 of its ``stat``, of which the second, in brackets, may hold anything."""
    return int(Path("/proc/thread-self/stat").read_bytes().rpartition(b")")[2].split()[36])
