"""The trusted side's way to a zygote; the zygotes here are small programs that fail in their own ways."""

from __future__ import annotations

import gc
import math
import os
import signal
import socket
import sys
import textwrap
from pathlib import Path

import pytest

from autograder.errors import SandboxUnavailable
from autograder.sandbox import zygote_client
from autograder.sandbox.inside import control
from autograder.sandbox.inside.control import Settings
from autograder.sandbox.interface import Limits
from autograder.sandbox.worker import Worker
from autograder.sandbox.zygote_client import Zygote, ZygoteGoneError

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the locks are Linux's")

SETTINGS = Settings(memory_bytes=2**28, cpu_seconds=60)

BEGIN = """
import os, socket, sys, time
orders = socket.socket(fileno=int(sys.argv[1]))
"""


@pytest.fixture
def played(monkeypatch):
    """Zygotes that run this in the place of our own code, once they have their orders' socket."""

    def play(program):
        code = BEGIN + textwrap.dedent(program)
        monkeypatch.setattr(
            zygote_client.launch, "command", lambda module, *arguments: [sys.executable, "-S", "-c", code, *arguments]
        )

    return play


READY = f"orders.send({control.encode(control.Ready())!r})\n"


def test_last_words_are_told_where_it_did_not_start(played):
    played("raise SystemError('no numpy here')")
    with pytest.raises(ZygoteGoneError, match="it didn't start; SystemError: no numpy here"):
        Zygote(SETTINGS).check()


@pytest.mark.parametrize("packet", [b"", b"\xc1", control.encode(control.Reap(3))])
def test_a_first_word_that_is_none_is_no_start(played, packet):
    played(f"orders.send({packet!r}); time.sleep(60)" if packet else "orders.close()")
    with pytest.raises(ZygoteGoneError, match="it didn't start"):
        Zygote(SETTINGS).check()


def test_an_answer_to_something_else_ends_it(played, monkeypatch):
    monkeypatch.setattr(zygote_client, "PATIENCE", 0.05)
    played(f"orders.send({control.encode(control.Forked(7))!r}); time.sleep(60)")
    with pytest.raises(AssertionError):
        Zygote(SETTINGS).check()


def test_a_lock_that_it_can_t_prepare_is_told_with_its_remedy(played):
    refused = control.encode(control.Ready("landlock: not in the kernel"))
    played(f"orders.send({refused!r})")
    with pytest.raises(SandboxUnavailable, match="--without landlock"):
        Zygote(SETTINGS).check()


def test_whoever_starts_one_waits_for_nothing_and_whoever_asks_it_is_told(played):
    played("sys.stdin.read(); time.sleep(0.2); raise SystemError('no numpy here')")
    zygote = Zygote(SETTINGS)
    assert zygote._process.poll() is None
    with pytest.raises(ZygoteGoneError, match="no numpy here"):
        zygote.fork()
    with pytest.raises(ZygoteGoneError):
        zygote.fork()
    assert not zygote.waiting


def test_one_that_nobody_has_asked_is_ended_at_once(played, monkeypatch):
    monkeypatch.setattr(zygote_client, "PATIENCE", 20)
    played("time.sleep(60)")
    gc.collect()
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208
    zygote = Zygote(SETTINGS)
    zygote.close()
    assert zygote._process.returncode == -signal.SIGKILL
    assert len(os.listdir("/proc/self/fd")) == before  # noqa: PTH208


def test_what_can_t_be_started_leaves_nothing_open(monkeypatch):
    monkeypatch.setattr(zygote_client.launch, "command", lambda *_: ["/no/such/python"])
    gc.collect()
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208
    with pytest.raises(FileNotFoundError):
        Zygote(SETTINGS)
    assert len(os.listdir("/proc/self/fd")) == before  # noqa: PTH208


REFUSED = f"""
while orders.recv(4096):
    orders.send({control.encode(control.Forked(refused="Cannot allocate memory"))!r})
"""


def test_no_process_to_be_had_is_an_error_and_no_end(played):
    played(READY + REFUSED)
    zygote = Zygote(SETTINGS)
    gc.collect()
    assert zygote.waiting == 0
    for _ in range(2):  # the one that was ordered ahead, then one of its own
        with pytest.raises(OSError, match="Cannot allocate memory"):
            zygote.fork()
    assert zygote.waiting == 0
    assert zygote._process.poll() is None
    zygote.close()


def test_what_was_not_to_be_had_ahead_is_asked_for_again_in_its_turn(monkeypatch):
    zygote = Zygote(SETTINGS)
    assert zygote.waiting
    zygote._ahead.close()
    zygote._ahead.told = control.Forked(refused="Cannot allocate memory")
    worker = zygote.fork()
    assert Worker(worker, Limits()).hello.locks
    worker.end(patience=0)
    following = zygote.waiting
    pairs = socket.socketpair

    def no_more(*_):
        raise OSError("Too many open files")

    monkeypatch.setattr(socket, "socketpair", no_more)
    worker = zygote.fork()
    assert worker.pid == following, "one that is there is not lost because another can't be had"
    assert zygote.waiting == 0
    monkeypatch.setattr(socket, "socketpair", pairs)
    worker.end(patience=0)
    zygote.fork().end(patience=0)
    assert zygote.waiting
    zygote.close()


def test_the_next_worker_is_started_while_one_works_and_ends_with_the_zygote():
    gc.collect()
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208
    zygote = Zygote(SETTINGS)
    ahead = zygote.waiting
    first = zygote.fork()
    assert first.pid == ahead
    assert Worker(first, Limits()).hello.locks, "it is as locked as any"
    following = zygote.waiting
    assert following not in (0, ahead)
    first.end(patience=0)
    assert zygote.waiting == following, "one is enough"
    zygote.close()
    assert not Path(f"/proc/{following}").exists()
    assert len(os.listdir("/proc/self/fd")) == before  # noqa: PTH208


def test_where_a_core_is_to_spare_a_worker_has_it_until_it_settles_down_and_the_next_is_started_then():
    cores = os.sched_getaffinity(0)
    zygote = Zygote(SETTINGS, spare=True)
    ahead = zygote.waiting
    first = zygote.fork()
    assert first.pid == ahead
    assert zygote.waiting == 0
    assert os.sched_getaffinity(0) == os.sched_getaffinity(first.pid) == cores
    first.settle()
    following = zygote.waiting
    assert following
    assert len(os.sched_getaffinity(0)) == 1
    assert os.sched_getaffinity(first.pid) == os.sched_getaffinity(0)
    first.settle()
    zygote.settled()
    assert zygote.waiting == following, "one is enough"
    first.end(patience=0)
    assert os.sched_getaffinity(0) == cores
    lost = zygote.fork()
    assert lost.end(patience=0).killed, "one that never settled ends as well"
    assert os.sched_getaffinity(0) == cores
    zygote.close()


def test_a_worker_settles_down_although_its_zygote_is_gone():
    zygote = Zygote(SETTINGS, spare=True)
    first = zygote.fork()
    zygote._process.kill()
    zygote._process.wait()
    first.settle()
    with pytest.raises(ZygoteGoneError):
        zygote.fork()
    first.end(patience=10)
    zygote.close()


def test_one_that_goes_silent_is_ended(played, monkeypatch):
    played(READY + "time.sleep(60)")
    zygote = Zygote(SETTINGS)
    monkeypatch.setattr(zygote_client, "ANSWER_SECONDS", 0.05)
    with pytest.raises(ZygoteGoneError):
        zygote.fork()
    assert zygote._process.poll() is not None
    with pytest.raises(ZygoteGoneError):  # nobody is there any more
        zygote.reap(1)


def test_one_that_does_not_end_by_itself_is_killed(played, monkeypatch):
    played(READY + "time.sleep(600)")
    zygote = Zygote(SETTINGS)
    monkeypatch.setattr(zygote_client, "PATIENCE", 0.05)
    zygote.close()
    assert zygote._process.returncode == -9


def test_how_a_worker_ended_may_be_nobody_s_to_tell(monkeypatch):
    zygote = Zygote(SETTINGS)
    forked = zygote.fork()
    assert forked.delayed_seconds() >= 0
    zygote._process.kill()
    zygote._process.wait()
    ended = forked.end(patience=10)
    assert ended.returncode is None
    assert math.isnan(ended.cpu_seconds)
    assert forked.end(patience=0) == ended
    zygote.close()


def test_a_worker_is_killed_or_ends_by_itself():
    zygote = Zygote(SETTINGS)
    killed = zygote.fork()
    assert killed.end(patience=0).returncode == -9
    leaving = zygote.fork()
    assert Worker(leaving, Limits()).hello.locks
    leaving.channel.close()
    ended = leaving.end(patience=10)
    assert (ended.killed, ended.returncode) == (False, 0)
    zygote.close()


def test_where_the_scheduler_counts_nothing_no_delay_is_known(monkeypatch):
    opened = os.open

    def refuse(path, *rest):
        if str(path).endswith("schedstat"):
            raise FileNotFoundError(path)
        return opened(path, *rest)

    monkeypatch.setattr(os, "open", refuse)
    zygote = Zygote(SETTINGS)
    forked = zygote.fork()
    assert forked.delayed_seconds() == 0.0
    assert forked.end(patience=0).returncode == -9
    zygote.close()


def test_an_interrupt_while_waiting_ends_it(played, monkeypatch):
    played(READY + "time.sleep(60)")
    zygote = Zygote(SETTINGS)

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(socket, "recv_fds", interrupted)
    monkeypatch.setattr(zygote_client, "PATIENCE", 0.05)
    with pytest.raises(KeyboardInterrupt):
        zygote.fork()
    assert zygote._process.poll() is not None
