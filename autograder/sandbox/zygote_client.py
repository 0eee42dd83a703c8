"""The trusted side's way to a zygote: start it, have it fork workers, have it wait for their end."""

from __future__ import annotations

import contextlib
import math
import os
import select
import signal
import socket
import subprocess
import threading
from dataclasses import dataclass
from typing import TypeVar

import msgspec

from . import launch
from .channel import Channel
from .cores import SharedCore
from .inside import control
from .remedies import unavailable
from .socket_channel import SocketChannel
from .worker import Ended, cpu_clock

__all__ = ["ForkedProcess", "Zygote", "ZygoteGoneError"]

START_SECONDS = 60.0
"""For a zygote to import everything, on the slowest disk."""

ANSWER_SECONDS = 30.0
"""For a zygote to fork, on the busiest machine."""

PATIENCE = 5.0
"""For a zygote to end its workers and itself."""

BUFFER = 2**20
"""A pipe's, so that most frames pass in one piece."""

SCHEDSTAT_BYTES = 128

T = TypeVar("T")


class ZygoteGoneError(Exception):
    """The zygote has ended, or doesn't answer."""


@dataclass
class _Ordered:
    """A worker that the zygote has been asked for.

    Attributes:
        end: our end of its pipe.
        told: what the zygote said of it, once that has been read.
        pidfd: the worker's, by then.
    """

    end: socket.socket
    told: control.Forked | None = None
    pidfd: int = -1

    def close(self) -> None:
        """Give up what belongs to it; the worker itself is the zygote's, and ends with it."""
        self.end.close()
        if self.pidfd >= 0:
            os.close(self.pidfd)
            self.pidfd = -1


class Zygote:
    """A running zygote.  Threads may share it.

    It takes some tenths of a second to import what it has to; nobody waits for that until there is something to ask.
    From then on it is one worker ahead: while one works, the next is forked and locked, so that opening a
    submission takes no longer than loading it.

    Args:
        settings: what it is to know.
        spare: a worker loads on a core of its own; until it has, no other is forked, which would need one too.

    Every method but :meth:`close` raises:
        SandboxUnavailable: a lock that this machine can't apply.
        ZygoteGoneError: it didn't start, or can't be asked any more.
    """

    def __init__(self, settings: control.Settings, *, spare: bool = False) -> None:
        self._spare = spare
        self._lock = threading.Lock()
        self._ahead: _Ordered | None = None
        self._orders, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        try:
            with theirs:
                self._process = _start(theirs, settings)
        except BaseException:
            self._orders.close()
            raise
        self._starting = self._process.stderr

    def check(self) -> None:
        """Wait until it has said that it is ready."""
        with self._lock:
            self._be_ready()

    @property
    def waiting(self) -> int:
        """The process id of the worker that is ahead; 0 if there is none."""
        with self._lock:
            self._be_ready()
            return self._told(self._ahead).pid if self._ahead is not None else 0

    def fork(self) -> ForkedProcess:
        """A worker.

        Raises:
            OSError: if no process is to be had.
        """
        with self._lock:
            self._be_ready()
            if self._ahead is not None and self._told(self._ahead).refused:
                self._ahead.close()
                self._ahead = None  # what was not to be had then may be now
            ordered, self._ahead = self._ahead or self._order(), None
            try:
                told = self._told(ordered)
                if told.refused:
                    raise OSError(told.refused)
            except BaseException:
                ordered.close()
                raise
        process = ForkedProcess(self, told.pid, ordered.pidfd, SocketChannel(ordered.end))
        if not self._spare:
            process.settle()
        return process

    def settled(self) -> None:
        """Fork the next worker: this one has loaded, or loads on a core that is ours.  Nothing is raised."""
        with self._lock, contextlib.suppress(OSError, ZygoteGoneError):  # it is asked for, or this told, in its turn
            self._ahead = self._ahead or self._order()

    def reap(self, pid: int) -> control.Reaped:
        """Wait for a worker that has been killed or is about to end.

        Raises:
            ZygoteGoneError: if nobody can tell any more how it ended.
        """
        with self._lock:
            if self._ahead is not None:
                self._told(self._ahead)  # its answer comes before this one's
            self._send(control.Reap(pid))
            return self._receive(control.Reaped, ANSWER_SECONDS)[0]

    def close(self) -> None:
        """End the zygote, and with it all of its workers."""
        self._orders.close()
        if self._starting is not None:
            self._starting.close()
            self._starting = None
            self._process.kill()  # it would import the rest before it noticed
        if self._ahead is not None:
            self._ahead.close()
            self._ahead = None
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _be_ready(self) -> None:
        """Hear its first word, unless that has been heard."""
        starting, self._starting = self._starting, None
        if starting is None:
            return
        with starting:
            try:
                ready, _ = self._receive(control.Ready, START_SECONDS)
            except ZygoteGoneError:
                last_words = starting.read().decode(errors="replace").strip().splitlines()[-1:]
                raise ZygoteGoneError("; ".join(["it didn't start", *last_words])) from None
        if ready.refused:
            self.close()
            raise unavailable(ready.refused)
        self._ahead = self._order()

    def _order(self) -> _Ordered:
        """Ask for a worker; its name comes later."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            with theirs:
                for end in (ours, theirs):
                    end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BUFFER)
                self._send(control.Fork(), theirs.fileno())
        except BaseException:
            ours.close()
            raise
        return _Ordered(ours)

    def _told(self, ordered: _Ordered) -> control.Forked:
        """What the zygote says of a worker that it was asked for."""
        if ordered.told is not None:
            return ordered.told
        told, ordered.pidfd = self._receive(control.Forked, ANSWER_SECONDS)
        ordered.told = told
        return told

    def _send(self, order: control.Fork | control.Reap, *passed: int) -> None:
        try:
            socket.send_fds(self._orders, [control.encode(order)], passed)
        except OSError as error:
            self.close()
            raise ZygoteGoneError from error

    def _receive(self, kind: type[T], seconds: float) -> tuple[T, int]:
        """One answer, and the descriptor that comes with it or -1.

        A zygote whose answer fails to come is ended: it might come later, in the place of another.
        """
        try:
            self._orders.settimeout(seconds)
            packet, passed, _, _ = socket.recv_fds(self._orders, control.PACKET, 1)
            answer = control.answer_decoder.decode(packet)
            assert isinstance(answer, kind)
            return answer, passed[0] if passed else -1
        except (OSError, msgspec.MsgspecError) as error:
            self._process.kill()
            self.close()
            raise ZygoteGoneError(str(error)) from error
        except BaseException:
            self.close()
            raise


def _start(orders: socket.socket, settings: control.Settings) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        launch.command("zygote", str(orders.fileno()), msgspec.json.encode(settings).decode()),
        env=launch.environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        pass_fds=[orders.fileno()],
        start_new_session=True,
        cwd="/",
    )


class ForkedProcess:
    """A worker: implements :class:`autograder.sandbox.worker.Process`.

    It is killed through its pidfd, which can't come to mean another process.  Its process id stays
    its own until the zygote has waited for it, so that the clock is its own as well.
    """

    def __init__(self, zygote: Zygote, pid: int, pidfd: int, channel: Channel) -> None:
        self.channel = channel
        self.pid = pid
        self._zygote = zygote
        self._pidfd = pidfd
        self._schedstat = _schedstat(pid)
        self._core: SharedCore | None = None
        self._ended: Ended | None = None

    def cpu_seconds(self) -> float:
        """By the clock that the kernel keeps for the process."""
        return cpu_clock(self.pid)

    def delayed_seconds(self) -> float:
        """The time on a run queue, as the kernel's scheduler counts it."""
        try:
            return int(os.pread(self._schedstat, SCHEDSTAT_BYTES, 0).split()[1]) / 1e9
        except (OSError, IndexError):
            return 0.0

    def settle(self) -> None:
        """Share this thread's core from now on, unless it does."""
        if self._core is None:
            self._core = SharedCore(self.pid)
            self._zygote.settled()

    def end(self, *, patience: float) -> Ended:
        """Kill it unless it ends by itself, have the zygote wait for it, and close what belongs to it."""
        if self._ended is None:
            killed = not self._ends_within(patience)
            if killed:
                with contextlib.suppress(ProcessLookupError):
                    signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
            try:
                reaped = self._zygote.reap(self.pid)
                self._ended = Ended(killed, reaped.returncode, reaped.cpu_seconds)
            except ZygoteGoneError:
                self._ended = Ended(killed, None, math.nan)
            finally:
                if self._core is not None:
                    self._core.release()
                os.close(self._pidfd)
                if self._schedstat >= 0:
                    os.close(self._schedstat)
                    self._schedstat = -1
                self.channel.close()
        return self._ended

    def _ends_within(self, seconds: float) -> bool:
        ended = select.poll()
        ended.register(self._pidfd, select.POLLIN)
        return bool(ended.poll(seconds * 1000))


def _schedstat(pid: int) -> int:
    """A descriptor of what the kernel's scheduler counts of a process; -1 where it doesn't."""
    try:
        return os.open(f"/proc/{pid}/schedstat", os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return -1
