"""Time and memory: a hog costs the program that it is in, and nobody else."""

from __future__ import annotations

import pytest

from autograder.errors import PutOff
from autograder.results import Verdict
from autograder.sandbox import wire
from autograder.sandbox.interface import Limits
from autograder.sandbox.locked import LockedSandbox
from autograder.submission.source import Layout, StudentSource

SMALL = Limits(cpu_seconds=20.0, memory_bytes=128 * 2**20)
QUICK = Limits(cpu_seconds=0.3, memory_bytes=256 * 2**20)

ENDLESS = {
    "a loop": "while True: pass",
    "a loop that catches everything": """
        while True:
            try:
                while True: pass
            except BaseException:
                pass""",
    "a loop in C": "sum(iter(int, 1))",
    "a number that is never finished": "10 ** 10 ** 9",
    "a pattern that never fails": "re.match('(a+)+b', 'a' * 60)",
    "a loop that ignores signals": """
        for number in range(1, 64):
            try: signal.signal(number, signal.SIG_IGN)
            except (OSError, ValueError): pass
        while True: pass""",
    "a loop in a finaliser": """
        class Endless:
            def __del__(self):
                while True: pass
        Endless()""",
}

CODE = """
    import re, signal, time

    def attempt():
        {way}

    def honest(x):
        return 2 * x
"""


@pytest.fixture
def quick(labs):
    return labs(limits=QUICK)


@pytest.mark.parametrize("way", ENDLESS)
def test_endless_code_is_stopped_and_the_next_program_runs(quick, way):
    with quick.session(CODE.format(way=ENDLESS[way]), "attempt", "honest") as session:
        with pytest.raises(Exception, match="stopped") as stopped:
            session.run(wire.Call(function="attempt"))
        assert stopped.value.verdict is Verdict.TIMED_OUT
        assert session.run(wire.Call(function="honest", args=(21,))).replies[0].value == 42


def test_waiting_is_stopped_by_the_wall_clock(quick):
    stopped = quick.stop(CODE.format(way="time.sleep(600)"))
    assert stopped.verdict is Verdict.TIMED_OUT
    assert "waited" in stopped.message


def test_computing_within_the_limit_is_not_stopped(quick):
    way = "end = time.process_time() + 0.1\n        while time.process_time() < end: pass\n        return 1"
    with quick.session(CODE.format(way=way)) as session:
        answer = session.run(wire.Call(function="attempt"))
    assert answer.replies[0].value == 1
    assert 0.1 <= answer.cpu_seconds < 0.3


def test_a_hanging_module_costs_its_own_functions(quick):
    code = "def fine(): return 1"
    with quick.session(code, "fine", other="def other(): return 2\nfor x in iter(int, 1): pass") as session:
        assert session.loaded.functions == ("fine", "other")
        assert any("other" in problem.module for problem in session.loaded.problems)
        replies = session.run(wire.Call(function="fine"), wire.Call(function="other")).replies
    assert [reply.value for reply in replies] == [1, 2]


def test_a_module_whose_definitions_hang_takes_its_functions_with_it(quick):
    other = "def other(x=[pass_ for pass_ in iter(int, 1)]): return 2"
    with quick.session("def fine(): return 1", "fine", other=other) as session:
        assert session.loaded.functions == ("fine",)
        assert session.run(wire.Call(function="fine")).replies[0].value == 1
        with pytest.raises(Exception, match="other") as stopped:
            session.run(wire.Call(function="other"))
        assert stopped.value.verdict is Verdict.TIMED_OUT
        assert session.run(wire.Call(function="fine")).replies[0].value == 1


MEMORY = {
    "one huge array": "np.ones(10**11)",
    "a growing list": "x = []\n        while True: x.append(bytes(2**20))",
    "many small objects": "x = []\n        while True: x.append([x] * 9)",
    "a long text": "'x' * 2**40",
    "a huge number": "1 << 2**40",
    "a wide broadcast": "np.zeros((10**5, 1)) + np.zeros(10**5)",
    "shared memory": "mmap.mmap(-1, 2**36)",
}


@pytest.mark.parametrize("way", MEMORY)
def test_rlimits_alone_stop_a_memory_hog(labs, way):
    code = f"""
        import mmap
        import numpy as np

        def attempt():
            {MEMORY[way].replace(chr(10), chr(10) + "    ")}
    """
    reply = labs("rlimits", limits=SMALL).attempt(code)
    assert reply.failure.type in ("MemoryError", "OSError")


def test_memory_comes_back_after_a_hog(lab):
    code = """
        import numpy as np

        def attempt():
            kept = []
            while True:
                kept.append(np.ones(2**20))

        def honest():
            return float(np.ones(2**20).sum())
    """
    with lab.session(code, "attempt", "honest") as session:
        calls = [wire.Call(function=name) for name in ("attempt", "honest", "attempt", "honest")]
        replies = session.run(*calls).replies
    assert [reply.value for reply in replies] == [None, 2.0**20, None, 2.0**20]


def test_a_result_that_no_frame_holds_is_a_failure(labs):
    code = """
        import numpy as np

        def attempt(): return np.ones(2**23)
        def broadcast(): return np.broadcast_to(0.0, (2**20, 2**20))
        def many(): return list(range(10**6))
        def itself():
            x = []
            x.extend([x] * 10)
            return x
        def honest(): return 1
    """
    names = ("attempt", "broadcast", "many", "itself", "honest")
    with labs(limits=Limits(4.0, 2**30)).session(code, *names) as session:
        replies = session.run(*(wire.Call(function=name) for name in names)).replies
    assert [reply.failure and reply.failure.kind for reply in replies] == ["too_large"] * 4 + [None]


def test_open_files_are_limited(labs):
    code = """
        import os

        def attempt():
            while True:
                os.open(os.__file__, os.O_RDONLY)
    """
    assert labs("rlimits").attempt(code).failure.message.startswith("[Errno 24]")


def test_the_kernel_ends_what_nobody_is_left_to_end(labs):
    code = """
        import resource

        def attempt():
            return [resource.getrlimit(resource.RLIMIT_CPU), resource.getrlimit(resource.RLIMIT_CORE)]
    """
    cpu, core = labs("rlimits").attempt(code).value
    assert cpu[0] == cpu[1] < 1000
    assert core == (0, 0)


@pytest.mark.parametrize("code", ["def attempt():\n    while True: pass", "while True: pass"])
def test_in_a_hurry_what_takes_longer_is_put_off(code):
    source = StudentSource("slow", "slow", "folder", {"shapes/areas.py": code.encode()}, "")
    layout = Layout("shapes", {"attempt": "areas"}, ())
    with LockedSandbox() as sandbox, pytest.raises(PutOff):
        sandbox.hurried(0.2).open(source, layout).run(wire.Call(function="attempt"))
