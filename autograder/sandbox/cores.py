"""One core for two processes that take turns.

The trusted side asks, and waits; the worker answers, and waits.  Left to itself the scheduler spreads the
two over two cores: each turn then wakes a core that has gone to sleep, and moves the arrays from one cache
to another, which costs a quarter of all processor time.  Nothing is lost by sharing, for never do both run.

The core is chosen anew for each worker, where the scheduler happens to have put this thread, so that a
core that is busy with something else is left again.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
import threading
from collections.abc import Set as AbstractSet

__all__ = ["SharedCore"]


class _Thread(threading.local):
    """What a thread has to go back to, and how many workers it shares its core with."""

    def __init__(self) -> None:
        self.kept = _Kept(threading.get_native_id())


class _Kept:
    def __init__(self, thread: int) -> None:
        self.thread = thread
        self.lock = threading.Lock()
        self.shared = 0
        self.cores: AbstractSet[int] = frozenset()


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
        with kept.lock, contextlib.suppress(OSError, AttributeError):
            if not kept.shared:
                kept.cores = os.sched_getaffinity(0)
                os.sched_setaffinity(0, {ctypes.CDLL(None).sched_getcpu()})
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
