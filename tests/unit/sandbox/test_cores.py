"""A worker and the thread that waits for it share a core, and no longer than that."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from autograder.sandbox.cores import SharedCore, to_spare

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="affinities are Linux's here")


@contextmanager
def process() -> Iterator[int]:
    """A process that waits until it is told to end."""
    with subprocess.Popen(["cat"], stdin=subprocess.PIPE) as waiting:
        yield waiting.pid


def test_the_two_are_on_one_core_until_it_is_released():
    before = os.sched_getaffinity(0)
    with process() as pid:
        shared = SharedCore(pid)
        assert len(os.sched_getaffinity(0)) == 1
        assert os.sched_getaffinity(pid) == os.sched_getaffinity(0)
        shared.release()
        assert os.sched_getaffinity(0) == before
        shared.release()
        assert os.sched_getaffinity(0) == before


@pytest.mark.parametrize(("graders", "cores", "spare"), [(1, 1, False), (1, 2, True), (2, 3, False), (2, 4, True)])
def test_a_grader_has_a_core_to_spare_where_there_are_two_for_each(graders, cores, spare):
    assert to_spare(graders, cores) is spare


def test_of_two_workers_the_last_lets_the_thread_go_in_whatever_order_they_end():
    before = os.sched_getaffinity(0)
    with process() as one, process() as other:
        first, second = SharedCore(one), SharedCore(other)
        assert os.sched_getaffinity(one) == os.sched_getaffinity(other) == os.sched_getaffinity(0)
        first.release()
        assert len(os.sched_getaffinity(0)) == 1
        second.release()
        assert os.sched_getaffinity(0) == before


def test_another_thread_lets_go_the_thread_that_asked():
    before = os.sched_getaffinity(0)
    with process() as pid:
        shared = SharedCore(pid)
        other = threading.Thread(target=shared.release)
        other.start()
        other.join()
        assert os.sched_getaffinity(0) == before


def test_a_process_that_has_ended_and_a_system_that_forbids_it_are_no_fault(monkeypatch):
    before = os.sched_getaffinity(0)
    with process() as pid:
        pass
    SharedCore(pid).release()
    assert os.sched_getaffinity(0) == before

    def forbidden(*_):
        raise PermissionError

    monkeypatch.setattr(os, "sched_setaffinity", forbidden)
    SharedCore(os.getpid()).release()
    assert os.sched_getaffinity(0) == before


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_process_forked_after_this_one_shared_a_core_lets_itself_go_and_not_its_parent():
    before = os.sched_getaffinity(0)
    with process() as pid:
        SharedCore(pid).release()
        child = os.fork()
        if child == 0:
            shared = SharedCore(pid)
            pinned = len(os.sched_getaffinity(0)) == 1
            shared.release()
            os._exit(0 if pinned and os.sched_getaffinity(0) == before else 1)
        _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    assert os.sched_getaffinity(0) == before


def test_elsewhere_nothing_happens(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    before = os.sched_getaffinity(0)
    SharedCore(os.getpid()).release()
    assert os.sched_getaffinity(0) == before
