"""The trusted side's end of a worker's pipe: bounded in size, and never waiting without a limit."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import Protocol

from . import wire
from .endings import Seen

__all__ = ["Channel", "ClosedError", "Frames", "TimeUpError", "Watch"]

CHUNK = 2**18

RESOLUTION = 1e-3
"""Seconds.  A watch is looked at again a little after it can have run out, not a little before."""

STALE = 0.1
"""Seconds after which the delay so far is read anew: no request may wait for much of what delayed those before it."""


class ClosedError(Exception):
    """The worker's end of the pipe is closed."""


class TimeUpError(Exception):
    """The worker has used up its time; ``seen`` says which."""

    def __init__(self, seen: Seen) -> None:
        self.seen = seen


class Watch:
    """The time for one request: processor time judges, wall time only rescues from code that sleeps.

    Args:
        cpu_seconds: what the request may take.
        wall_seconds: when to give up, however little was computed.
        cpu_clock: the worker's processor time so far, read from outside; ``nan`` where it can't be.
        delayed: for how long the worker has been ready to run and was not let (a busy machine), in
            all its life.  What there is of it during the request is no fault of its own, and doesn't
            count as wall time.
    """

    def __init__(
        self, cpu_seconds: float, wall_seconds: float, cpu_clock: Callable[[], float], delayed: Callable[[], float]
    ) -> None:
        self._cpu_clock = cpu_clock
        self._delayed = delayed
        self._delayed_before = 0.0
        self._delayed_read = -math.inf
        self.cpu_limit = cpu_seconds
        self._wall_seconds = wall_seconds
        self.again()

    def again(self) -> None:
        """Start anew, for the next of several requests: it may take as much time as the one before it."""
        self._cpu_start = self._cpu_clock()
        now = time.monotonic()
        self._deadline = now + self._wall_seconds
        if now - self._delayed_read > STALE:
            self._delayed_before, self._delayed_read = self._delayed(), now

    def cpu_seconds(self) -> float:
        """The processor time since the watch was started."""
        return self._cpu_clock() - self._cpu_start

    def left(self) -> float:
        """For how many seconds, at least, there is nothing to do but wait.

        The worker has one thread, so that it can't use up its processor time any sooner.

        Raises:
            TimeUpError: if there are none left.
        """
        cpu_left = self.cpu_limit - self.cpu_seconds()
        if cpu_left <= 0:
            raise TimeUpError(Seen.CPU_TIME)
        wall_left = self._deadline - time.monotonic()
        if wall_left <= 0:
            wall_left += self._delayed() - self._delayed_before
            if wall_left <= 0:
                raise TimeUpError(Seen.WALL_TIME)
        return (wall_left if math.isnan(cpu_left) else min(wall_left, cpu_left)) + RESOLUTION


class Channel(Protocol):
    """One end of a pipe that carries frames."""

    def send(self, data: bytes | bytearray, watch: Watch) -> None:
        """Write all of it.

        Raises:
            ClosedError, TimeUpError.
        """

    def receive(self, watch: Watch) -> bytearray:
        """The body of the next frame.

        Raises:
            ClosedError, TimeUpError.
            WireError: for a frame that is too long.
        """

    def pending(self) -> bool:
        """Whether anything has been written that nobody asked for."""

    def close(self) -> None:
        """Close this end."""


class Frames:
    """Puts what arrives together into frames.

    No more is kept than one frame, and what came along with it; and no more memory is taken than has
    arrived, whatever length a frame claims to have.
    """

    def __init__(self) -> None:
        self._arrived = bytearray()
        self._length: int | None = None

    def __bool__(self) -> bool:
        return self._length is not None or bool(self._arrived)

    def feed(self, chunk: bytes | memoryview) -> None:
        """Add what has arrived.

        Raises:
            WireError: as soon as a frame says that it is longer than one may be.
        """
        self._arrived += chunk
        self._begin()

    def next(self) -> bytearray | None:
        """The body of the first frame, if it is whole.

        Raises:
            WireError: if it is longer than one may be; those before it are not lost by that.
        """
        self._begin()
        length = self._length
        if length is None or len(self._arrived) < length:
            return None
        if len(self._arrived) == length:  # as ever but when somebody writes unasked
            body, self._arrived = self._arrived, bytearray()
        else:
            body = self._arrived[:length]
            del self._arrived[:length]
        self._length = None
        return body

    def _begin(self) -> None:
        if self._length is not None or len(self._arrived) < wire.HEADER.size:
            return
        (length,) = wire.HEADER.unpack_from(self._arrived)
        if length > wire.MAX_FRAME:
            raise wire.WireError("a frame that is too long")
        del self._arrived[: wire.HEADER.size]
        self._length = length
