"""The zygote, in a forked process: what it is asked, what it answers, and when it ends."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest
from unit.sandbox.inside import forked

from autograder.sandbox import wire
from autograder.sandbox.inside import control, lockdown, preload, zygote
from autograder.sandbox.inside.control import LOCKS, Settings

pytestmark = pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="the locks are Linux's")

SETTINGS = msgspec.json.encode(Settings(memory_bytes=2**28, cpu_seconds=60)).decode()


class Asked:
    """The trusted side of a zygote's orders."""

    def __init__(self, orders: socket.socket, child: forked.Child) -> None:
        self.orders = orders
        self.child = child

    def answer(self) -> tuple[Any, list[int]]:
        self.orders.settimeout(60)
        packet, passed, _, _ = socket.recv_fds(self.orders, control.PACKET, 1)
        return control.answer_decoder.decode(packet), passed

    def fork(self) -> tuple[int, socket.socket]:
        """A worker's process id, and the other end of its pipe."""
        ours, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(self.orders, [control.encode(control.Fork())], [theirs.fileno()])
            forked_, passed = self.answer()
        assert len(passed) == 1
        os.close(passed[0])
        return forked_.pid, ours

    def reap(self, pid: int) -> control.Reaped:
        self.orders.send(control.encode(control.Reap(pid)))
        reaped, _ = self.answer()
        return reaped


@contextmanager
def serving(around: Callable[[Callable[[], None]], Any] = lambda serve: serve()) -> Iterator[Asked]:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)

    def work() -> Any:
        ours.close()
        return around(lambda: zygote.main([str(theirs.fileno()), SETTINGS]))

    with ours, forked.forked(work) as child:
        theirs.close()
        yield Asked(ours, child)


def first_word(pipe: socket.socket) -> wire.Hello:
    header = pipe.recv(wire.HEADER.size, socket.MSG_WAITALL)
    hello = wire.read_reply(pipe.recv(wire.HEADER.unpack(header)[0], socket.MSG_WAITALL))
    assert isinstance(hello, wire.Hello)
    return hello


def test_it_forks_workers_under_every_lock_and_tells_how_they_ended():
    with serving() as asked:
        assert asked.answer()[0] == control.Ready()
        pid, pipe = asked.fork()
        with pipe:
            assert sorted(first_word(pipe).locks) == sorted(LOCKS)
        reaped = asked.reap(pid)
        assert reaped.returncode == 0
        assert reaped.cpu_seconds > 0
        asked.child.told(slot=1)
        asked.orders.close()
        assert asked.child.told().status is None


def test_its_end_is_that_of_its_workers():
    with serving() as asked:
        asked.answer()
        pid, pipe = asked.fork()
        with pipe:
            first_word(pipe)
            asked.orders.close()
            asked.child.told()
            assert pipe.recv(1) == b""
        assert not Path(f"/proc/{pid}").exists()


def test_it_ends_with_the_grader_although_a_copy_of_the_orders_lives_on():
    hold, release = os.pipe()

    def around(serve: Callable[[], None]) -> None:
        os.close(release)
        if os.fork() == 0:
            serve()
            return
        os.read(hold, 1)

    with serving(around) as asked:
        assert asked.answer()[0] == control.Ready()
        pid, pipe = asked.fork()
        with pipe:
            first_word(pipe)
            os.close(release)  # the grader of this zygote ends; we hold its orders still
            asked.child.told()
            assert pipe.recv(1) == b""
        assert asked.child.told(slot=1).status is None
        assert not Path(f"/proc/{pid}").exists()
    os.close(hold)


def test_a_lock_that_can_t_be_prepared_is_its_first_and_last_word(monkeypatch):
    def refuse(_: Any) -> None:
        raise lockdown.RefusedError("landlock: not in the kernel")

    monkeypatch.setattr(lockdown, "prepare", refuse)
    with serving() as asked:
        assert asked.answer()[0] == control.Ready("landlock: not in the kernel")
        asked.child.told()


@pytest.mark.parametrize(
    ("error", "says"), [(lockdown.RefusedError("rlimits: no"), "rlimits: no"), (RuntimeError("no"), None)]
)
def test_a_worker_that_can_t_be_locked_runs_nothing(monkeypatch, error, says):
    def fail(plan: Any, pipe: int, _: int) -> None:
        os.dup2(pipe, lockdown.PIPE)
        raise error

    monkeypatch.setattr(lockdown, "put_on", fail)
    with serving() as asked:
        asked.answer()
        pid, pipe = asked.fork()
        with pipe:
            if says is not None:
                assert first_word(pipe).refused == says
            assert asked.reap(pid).returncode == 1
            assert pipe.recv(1) == b""
        assert asked.child.told(slot=1).status == 1


def test_where_no_process_is_to_be_had_it_says_so_and_goes_on():
    real, tries = os.fork, iter(["Resource temporarily unavailable"])

    def fork() -> int:
        for reason in tries:
            raise BlockingIOError(errno.EAGAIN, reason)
        return real()

    def around(serve: Callable[[], None]) -> None:
        os.fork = fork
        serve()

    with serving(around) as asked:
        asked.answer()
        ours, theirs = socket.socketpair()
        with ours, theirs:
            socket.send_fds(asked.orders, [control.encode(control.Fork())], [theirs.fileno()])
            assert asked.answer() == (control.Forked(refused="Resource temporarily unavailable"), [])
            theirs.close()
            assert ours.recv(1) == b"", "it keeps no end of a pipe that leads nowhere"
        pid, pipe = asked.fork()
        with pipe:
            assert first_word(pipe).locks
        assert asked.reap(pid).returncode == 0
        asked.orders.close()
        assert asked.child.told().status is None


def test_what_students_import_is_there_but_for_what_this_python_lacks(monkeypatch):
    asked = []

    def import_module(name: str) -> None:
        asked.append(name)
        if name == "lzma":
            raise ImportError(name)

    monkeypatch.setattr(preload.importlib, "import_module", import_module)
    preload.preload()
    assert {"numpy.linalg", "lzma", "zlib"} <= set(asked)
