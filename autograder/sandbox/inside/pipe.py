"""Frames on a worker's own descriptors, by ``read`` and ``write`` alone.

No other system call is used, so that the policy can refuse ``recvmsg`` and ``sendmsg``, by which
descriptors travel.
"""

from __future__ import annotations

import io
import os
from typing import Any

from .. import wire

__all__ = ["Pipe"]


class Pipe:
    """A worker's way to the trusted side: what it reads requests from and writes replies to."""

    def __init__(self, reading: int, writing: int) -> None:
        self._reading = io.FileIO(reading, "rb", closefd=False)
        self._writing = writing

    def read(self) -> wire.Request | None:
        """The next request, or ``None`` when the trusted side has closed the pipe."""
        header = self._exactly(wire.HEADER.size)
        if header is None:
            return None
        (length,) = wire.HEADER.unpack(header)
        body = self._exactly(length)
        return None if body is None else wire.read_request(body)

    def write(self, message: Any) -> None:
        """Send one message.

        Raises:
            WireError: if it is longer than a frame may be.
        """
        left = memoryview(wire.frame(message))
        while left:
            left = left[os.write(self._writing, left) :]

    def _exactly(self, size: int) -> bytearray | None:
        whole = bytearray(size)
        left = memoryview(whole)
        while left:
            count = self._reading.readinto(left)
            if not count:
                return None
            left = left[count:]
        return whole
