"""What the locked sandbox does as its zygote and its workers fail; both are played here."""

from __future__ import annotations

import sys

import pytest

from autograder.errors import GraderFault, SandboxUnavailable, UsageError
from autograder.sandbox import locked, wire
from autograder.sandbox.inside.control import LOCKS
from autograder.sandbox.locked import LockedSandbox
from autograder.sandbox.zygote_client import ZygoteGoneError
from autograder.submission.source import Layout, StudentSource

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the locks are Linux's")

SOURCE = StudentSource("a", "a", "folder", {"work/code.py": b""}, "0" * 64)
LAYOUT = Layout("work", {"f": "code"})


class Zygotes:
    """Zygotes by turns: each fork is a first word, or an exception."""

    def __init__(self, monkeypatch):
        self.started = self.checked = self.ended = self.workers_ended = 0
        self.refused = False
        self.forks = []
        outer = self

        class Zygote:
            def __init__(self, settings, *, spare):
                outer.started += 1
                outer.spare = spare

            def check(self):
                outer.checked += 1
                if outer.refused:
                    raise SandboxUnavailable("no such lock here")

            def fork(self):
                said = outer.forks.pop(0)
                if isinstance(said, Exception):
                    raise said
                return said

            def close(self):
                outer.ended += 1

        class Worker:
            def __init__(self, hello, limits):
                self.hello = hello

            def load(self, load, cpu_seconds, on_loading, meanwhile):
                if meanwhile is not None:
                    meanwhile()
                return wire.Loaded(("f",))

            def close(self):
                outer.workers_ended += 1

        monkeypatch.setattr(locked, "Zygote", Zygote)
        monkeypatch.setattr(locked, "Worker", Worker)


@pytest.fixture
def zygotes(monkeypatch):
    return Zygotes(monkeypatch)


ALL = wire.Hello(tuple(sorted(LOCKS)))


@pytest.mark.parametrize("spare", [True, False])
def test_something_else_is_done_while_a_submission_is_loaded_where_there_is_a_core_to_spare(zygotes, spare):
    zygotes.forks = [ALL, ALL]
    done = []
    with LockedSandbox(spare=spare) as sandbox:
        sandbox.open(SOURCE, LAYOUT, meanwhile=lambda: done.append("here"))
        sandbox.hurried(1.0).open(SOURCE, LAYOUT, meanwhile=lambda: done.append("in a hurry"))
    assert zygotes.spare == spare
    assert done == ["here", "in a hurry"] * spare


def test_one_zygote_serves_all_sessions_and_ends_with_the_sandbox(zygotes):
    zygotes.forks = [ALL, ALL]
    with LockedSandbox() as sandbox:
        for _ in range(2):
            assert sandbox.open(SOURCE, LAYOUT).loaded.functions == ("f",)
    assert (zygotes.started, zygotes.ended) == (1, 1)
    sandbox.close()
    assert zygotes.ended == 1


def test_a_zygote_that_has_died_is_replaced_once(zygotes):
    zygotes.forks = [ZygoteGoneError("gone"), ALL]
    sandbox = LockedSandbox()
    assert sandbox.open(SOURCE, LAYOUT).loaded.functions == ("f",)
    assert zygotes.started == 2
    zygotes.forks = [ZygoteGoneError("gone"), ZygoteGoneError("gone again")]
    with pytest.raises(GraderFault, match="the zygote died twice: gone again"):
        sandbox.open(SOURCE, LAYOUT)


def test_another_thread_s_new_zygote_is_not_forgotten(zygotes):
    zygotes.forks = [ALL]
    sandbox = LockedSandbox()
    sandbox._forget(None)
    sandbox.open(SOURCE, LAYOUT)
    assert zygotes.started == 1


def test_no_process_to_be_had_is_one_line(zygotes):
    zygotes.forks = [OSError(11, "Resource temporarily unavailable")]
    with pytest.raises(GraderFault, match=r"no worker can be started: .*unavailable"):
        LockedSandbox().open(SOURCE, LAYOUT)


def test_a_worker_that_could_not_be_locked_is_told_with_its_remedy_and_ended(zygotes):
    zygotes.forks = [wire.Hello(refused="seccomp: Invalid argument")]
    with pytest.raises(SandboxUnavailable, match=r"lock seccomp: Invalid argument.*--without seccomp"):
        LockedSandbox().open(SOURCE, LAYOUT)
    zygotes.forks = [wire.Hello(refused="prctl 4: no")]
    with pytest.raises(SandboxUnavailable, match="can't be started: prctl 4: no"):
        LockedSandbox().open(SOURCE, LAYOUT)
    assert zygotes.workers_ended == 2


@pytest.mark.parametrize("locks", [(), ("seccomp", "rlimits"), ("landlock", "rlimits", "seccomp", "more")])
def test_a_worker_under_other_locks_than_it_should_be_is_our_fault(zygotes, locks):
    zygotes.forks = [wire.Hello(locks)]
    with pytest.raises(GraderFault, match="a worker is under"):
        LockedSandbox().open(SOURCE, LAYOUT)
    assert zygotes.workers_ended == 1


def test_what_this_machine_lacks_is_told_at_once_or_when_it_is_needed(zygotes):
    zygotes.refused = True
    with pytest.raises(SandboxUnavailable):
        LockedSandbox()
    zygotes.forks = [SandboxUnavailable("no such lock here"), ALL]
    sandbox = LockedSandbox(wait=False)
    assert (zygotes.started, zygotes.checked) == (2, 1)
    with pytest.raises(SandboxUnavailable):
        sandbox.open(SOURCE, LAYOUT)
    assert sandbox.open(SOURCE, LAYOUT).loaded.functions == ("f",)
    assert zygotes.started == 3


def test_a_sandbox_in_a_hurry_is_the_same_sandbox(zygotes):
    zygotes.forks = [ALL]
    sandbox = LockedSandbox(without=frozenset())
    hurried = sandbox.hurried(0.5)
    assert hurried.locks == sandbox.locks == LOCKS
    assert hurried.open(SOURCE, LAYOUT).loaded.functions == ("f",)
    hurried.close()
    assert zygotes.ended == 0


def test_the_locks_are_linux_s_and_have_names(monkeypatch):
    with pytest.raises(UsageError, match="'firewall' is no lock; the locks are landlock"):
        LockedSandbox(without=frozenset({"firewall"}))
    monkeypatch.setattr(sys, "platform", "darwin")
    with pytest.raises(SandboxUnavailable, match="--docker"):
        LockedSandbox()
