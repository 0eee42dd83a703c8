"""The worker in a process of its own, as on a student's machine."""

from __future__ import annotations

import math
import os
import sys
import threading
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from autograder.errors import GraderFault, WorkerStopped
from autograder.results import Verdict
from autograder.sandbox import unlocked, wire
from autograder.sandbox.interface import Limits
from autograder.sandbox.unlocked import UnlockedSandbox
from autograder.submission.source import Layout, StudentSource

HONEST = wire.Call(function="honest", args=(21,))


@contextmanager
def session(code: str, cpu_seconds: float = 10.0):
    source = StudentSource("a", "a", "folder", {"work/code.py": code.encode()}, "0" * 64)
    layout = Layout("work", {"attempt": "code", "honest": "code"})
    with UnlockedSandbox(Limits(cpu_seconds)) as sandbox, closing(sandbox.open(source, layout)) as opened:
        assert sandbox.locks == ()
        yield opened


def stop(opened) -> WorkerStopped:
    with pytest.raises(WorkerStopped) as stopped:
        opened.run(wire.Call(function="attempt"))
    return stopped.value


def test_what_is_printed_does_not_get_in_the_way():
    code = """
import os, sys
print("x" * 10**6)
print("x", file=sys.stderr)
os.write(1, b"y" * 10**5)
def attempt():
    print("z" * 10**6, flush=True)
    return input
def honest(x): return 2 * x
"""
    with session(code) as opened:
        assert opened.run(wire.Call(function="attempt"), HONEST).replies[1].value == 42


@pytest.mark.parametrize("clock", ["processor", "wall"])
def test_an_endless_loop_is_stopped_and_the_next_program_runs(clock, monkeypatch):
    if clock == "wall":
        monkeypatch.setattr(unlocked, "cpu_clock", lambda pid: math.nan)
    code = "def attempt():\n    while True: pass\ndef honest(x): return 2 * x"
    with session(code, cpu_seconds=0.3) as opened:
        assert stop(opened).verdict is Verdict.TIMED_OUT
        assert opened.run(HONEST).replies[0].value == 42


def test_a_crash_costs_its_program_and_no_other():
    code = "import os\ndef attempt(): os._exit(3)\ndef honest(x): return 2 * x"
    with session(code) as opened:
        assert stop(opened).verdict is Verdict.CRASHED
        assert opened.run(HONEST).replies[0].value == 42


@pytest.mark.skipif(os.name == "nt", reason="fork")
def test_what_the_code_has_started_does_not_hold_up_its_end():
    code = """
import os, time
def attempt():
    if os.fork() == 0:
        time.sleep(600)
    while True: pass
"""
    with session(code, cpu_seconds=0.3) as opened:
        assert stop(opened).verdict is Verdict.TIMED_OUT


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="counts descriptors in /proc")
def test_nothing_is_left_behind():
    def left() -> tuple[int, int]:
        return len(list(Path("/proc/self/fd").iterdir())), threading.active_count()

    before = left()
    with session("import os\ndef attempt(): os._exit(3)\ndef honest(x): return 2 * x") as opened:
        stop(opened)
        opened.run(HONEST)
    assert left() == before


def test_a_python_that_can_t_be_started_is_one_line(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    with pytest.raises(GraderFault, match="no worker can be started"), session("def attempt(): pass"):
        pass


def test_where_there_are_no_process_groups_the_process_itself_is_killed(monkeypatch):
    process = unlocked.SubprocessProcess(Limits())
    monkeypatch.setattr(sys, "platform", "win32")
    ended = process.end(patience=0)
    assert (ended.killed, ended.returncode) == (True, -9)
