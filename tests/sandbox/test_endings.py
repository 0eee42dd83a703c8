"""How workers end: by crashes, by exits, by being killed; and whose fault it was."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from autograder.errors import GraderFault
from autograder.results import Verdict
from autograder.sandbox import wire
from autograder.sandbox.inside.control import OUT_OF_MEMORY
from autograder.sandbox.locked import LockedSandbox

CODE = """
    import ctypes, gc, os, signal, sys

    def attempt():
        {way}

    def honest(x):
        return 2 * x
"""
HONEST = wire.Call(function="honest", args=(21,))

CRASHES = {
    "a null pointer": "ctypes.string_at(0)",
    "a wild write": "ctypes.memset(8, 0, 8)",
    "an abort": "os.abort()",
    "an exit past Python": "os._exit(0)",
    "an exit with our own code": "os._exit(1)",
    "a broken interpreter": "ctypes.pythonapi.Py_FatalError(b'broken')",
    "a stack that runs over in C": "sys.setrecursionlimit(10**9); f = lambda x: sorted([x], key=f); f(1)",
}


@pytest.mark.parametrize("way", CRASHES)
def test_a_crash_costs_its_program_and_no_other(lab, way):
    with lab.session(CODE.format(way=CRASHES[way]), "attempt", "honest") as session:
        assert session.run(HONEST).replies[0].value == 42
        with pytest.raises(Exception, match="process") as stopped:
            session.run(HONEST, wire.Call(function="attempt"))
        assert stopped.value.verdict is Verdict.CRASHED
        assert session.run(HONEST).replies[0].value == 42


def test_an_exit_of_a_worker_without_memory_is_told_as_such(lab):
    assert lab.stop(CODE.format(way=f"os._exit({OUT_OF_MEMORY})")).verdict is Verdict.OUT_OF_MEMORY


@pytest.mark.parametrize(
    "way", ["sys.exit()", "raise SystemExit(3)", "raise KeyboardInterrupt", "exit()", "raise GeneratorExit"]
)
def test_an_exit_that_python_knows_is_an_exception_like_any_other(lab, way):
    with lab.session(CODE.format(way=way), "attempt", "honest") as session:
        failed, fine = session.run(wire.Call(function="attempt"), HONEST).replies
    assert failed.failure.kind == "raised"
    assert fine.value == 42


def test_a_module_that_crashes_costs_itself(lab):
    with lab.session(CODE.format(way="pass"), "honest", bad="import os\nos._exit(0)\ndef bad(): pass") as session:
        assert "honest" in session.loaded.functions
        assert any("bad" in problem.module for problem in session.loaded.problems)
        assert session.run(HONEST).replies[0].value == 42


def test_a_worker_killed_from_outside_is_our_own_fault_and_the_next_one_works(labs):
    with labs().session(CODE.format(way="pass"), "honest") as session:
        (worker,) = labs().workers()
        os.kill(worker, signal.SIGKILL)
        with pytest.raises(GraderFault):
            session.run(HONEST)
        assert session.run(HONEST).replies[0].value == 42


def test_a_worker_killed_while_it_waits_is_our_own_fault_and_the_next_one_works(labs):
    lab = labs()
    os.kill(lab.waiting(), signal.SIGKILL)
    with pytest.raises(GraderFault), lab.session(CODE.format(way="pass"), "honest"):
        pass
    with lab.session(CODE.format(way="pass"), "honest") as session:
        assert session.run(HONEST).replies[0].value == 42


def test_a_killed_zygote_is_our_own_fault_and_is_replaced(labs):
    lab = labs()
    with lab.session(CODE.format(way="pass"), "honest") as session:
        zygote = lab.sandbox._zygote._process
        zygote.kill()
        zygote.wait()
        with pytest.raises(GraderFault):
            session.run(HONEST)
        assert session.run(HONEST).replies[0].value == 42
    with lab.session(CODE.format(way="pass"), "honest") as session:
        assert session.run(HONEST).replies[0].value == 42


@pytest.mark.parametrize("executable", ["/bin/false", "/no/such/python"])
def test_a_zygote_that_cannot_be_started_is_one_line(monkeypatch, executable):
    monkeypatch.setattr(sys, "executable", executable)
    with pytest.raises(GraderFault, match=r"it didn't start|can be started") as fault:
        LockedSandbox()
    assert "\n" not in str(fault.value)


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_nothing_is_left_behind(labs):
    code = CODE.format(way="os._exit(1)")
    lab = labs("landlock", "seccomp")
    with lab.session(code, "honest"):
        pass
    before = descriptors()
    for _ in range(5):
        with lab.session(code, "attempt", "honest") as session:
            with pytest.raises(Exception, match="process"):
                session.run(wire.Call(function="attempt"))
            session.run(HONEST)
    assert lab.workers() == []
    assert descriptors() == before


def test_a_closed_sandbox_leaves_no_process(labs):
    sandbox = LockedSandbox()
    lab = type(labs())(sandbox)
    with lab.session(CODE.format(way="pass"), "honest") as session:
        pids = [lab.zygote(), *lab.workers(), lab.waiting()]
        assert len(set(pids)) == 3
        sandbox.close()
        assert not any(Path(f"/proc/{pid}").exists() for pid in pids)
        with pytest.raises(GraderFault):
            session.run(HONEST)
        sandbox.close()


GRADER = """
import os, sys, time
from autograder.sandbox.locked import LockedSandbox
from autograder.sandbox import wire
from autograder.submission.source import Layout, StudentSource

code = b"def attempt():\\n    while True: pass"
sandbox = LockedSandbox()
source = StudentSource("a", "a", "folder", {"work/code.py": code}, "0")
session = sandbox.open(source, Layout("work", {"attempt": "code"}))
if os.fork() == 0:  # holds a copy of every descriptor, as a pool of processes would
    time.sleep(600)
print(sandbox._zygote._process.pid, session._worker._process.pid, sandbox._zygote.waiting, flush=True)
session.run(wire.Call(function="attempt"))
"""


def test_a_killed_grader_takes_everything_with_it():
    grader = subprocess.Popen(
        [sys.executable, "-c", GRADER],
        stdout=subprocess.PIPE,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    with grader, grader.stdout as said:
        pids = [int(pid) for pid in said.readline().split()]
        grader.kill()
        grader.wait()
        deadline = time.monotonic() + 20
        while any(is_alive(pid) for pid in pids) and time.monotonic() < deadline:
            time.sleep(0.01)
        left = [pid for pid in pids if is_alive(pid)]
        os.killpg(grader.pid, signal.SIGKILL)  # the copy
    assert len(set(pids)) == 3, "zygote, worker, and the worker that waits"
    assert left == []


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
