"""A channel on a Unix socket, for the locked sandbox."""

from __future__ import annotations

import select
import socket

from .channel import CHUNK, ClosedError, Frames, Watch

__all__ = ["SocketChannel"]


class SocketChannel:
    """Implements :class:`autograder.sandbox.channel.Channel`; it owns the socket."""

    def __init__(self, end: socket.socket) -> None:
        end.setblocking(False)
        self._end = end
        self._frames = Frames()
        self._chunk = memoryview(bytearray(CHUNK))  # `recv` would take as much anew each time, for a few bytes
        self._poll = select.poll()

    def send(self, data: bytes | bytearray, watch: Watch) -> None:
        """Write all of it."""
        left = memoryview(data)
        while left:
            try:
                left = left[self._end.send(left) :]
            except BlockingIOError:
                self._wait(select.POLLOUT, watch)
            except OSError as error:
                raise ClosedError from error

    def receive(self, watch: Watch) -> bytearray:
        """The body of the next frame."""
        asked = False  # what is there is read whatever the time, which the next answer may have taken since
        while (body := self._frames.next()) is None:
            if asked:
                self._wait(select.POLLIN, watch)
            asked = True
            try:
                count = self._end.recv_into(self._chunk)
            except BlockingIOError:
                continue
            except OSError as error:
                raise ClosedError from error
            if not count:
                raise ClosedError
            self._frames.feed(self._chunk[:count])
        return body

    def pending(self) -> bool:
        """Whether anything has been written that nobody asked for."""
        if self._frames:
            return True
        try:
            return bool(self._end.recv(1, socket.MSG_PEEK))
        except OSError:
            return False

    def close(self) -> None:
        """Close this end."""
        self._end.close()

    def _wait(self, event: int, watch: Watch) -> None:
        """Until the socket is ready, or it is time to look at the watch again."""
        self._poll.register(self._end, event)
        self._poll.poll(watch.left() * 1000)
