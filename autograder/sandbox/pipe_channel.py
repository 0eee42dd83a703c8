"""A channel on two pipes, for any operating system.

A thread reads and a thread writes, so that nobody else ever waits for longer than a watch allows.
"""

from __future__ import annotations

import contextlib
import queue
import threading
from typing import IO

from .channel import CHUNK, ClosedError, Frames, Watch

__all__ = ["PipeChannel"]

WAITING_CHUNKS = 64
"""What a worker may have written that nobody has asked for yet; then its reader pauses."""


PATIENCE = 1.0
"""Seconds for a thread to notice the end of its pipe."""


class PipeChannel:
    """Implements :class:`autograder.sandbox.channel.Channel`; it owns both pipes.

    The threads end when the pipes do: :meth:`close` is to be called when the worker's process is gone.
    Where something that the worker has started still holds an end, they are left behind.
    """

    def __init__(self, to_worker: IO[bytes], from_worker: IO[bytes]) -> None:
        self._frames = Frames()
        self._closing = threading.Event()
        self._arrived: queue.Queue[bytes] = queue.Queue(WAITING_CHUNKS)
        self._leaving: queue.Queue[bytes | bytearray] = queue.Queue()
        self._threads = [
            threading.Thread(target=self._read, args=(from_worker,), daemon=True),
            threading.Thread(target=self._write, args=(to_worker,), daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def send(self, data: bytes | bytearray, watch: Watch) -> None:
        """Write all of it."""
        watch.left()
        self._leaving.put(data)

    def receive(self, watch: Watch) -> bytearray:
        """The body of the next frame."""
        asked = False  # what is there is read whatever the time, which the next answer may have taken since
        while (body := self._frames.next()) is None:
            timeout, asked = watch.left() if asked else 0.0, True
            with contextlib.suppress(queue.Empty):
                chunk = self._arrived.get(timeout=timeout)
                if not chunk:
                    raise ClosedError
                self._frames.feed(chunk)
        return body

    def pending(self) -> bool:
        """Whether anything has been written that nobody asked for."""
        return bool(self._frames) or not self._arrived.empty()

    def close(self) -> None:
        """Close this end."""
        self._closing.set()
        self._leaving.put(b"")
        for thread in self._threads:
            thread.join(PATIENCE)

    def _read(self, pipe: IO[bytes]) -> None:
        with pipe:
            while chunk := pipe.read(CHUNK):
                if not self._deliver(chunk):
                    return
        self._deliver(b"")

    def _deliver(self, chunk: bytes) -> bool:
        while not self._closing.is_set():
            with contextlib.suppress(queue.Full):
                self._arrived.put(chunk, timeout=0.1)
                return True
        return False

    def _write(self, pipe: IO[bytes]) -> None:
        with contextlib.suppress(OSError), pipe:
            while data := self._leaving.get():
                left = memoryview(data)
                while left:
                    left = left[pipe.write(left) :]
