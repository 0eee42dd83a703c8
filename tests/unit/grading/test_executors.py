import multiprocessing
import os
import signal
import time
from concurrent.futures import BrokenExecutor, Executor, Future
from multiprocessing import forkserver

import pytest

from autograder.errors import GraderFault
from autograder.grading import executors
from autograder.grading.executors import Crew, InProcess, processes, start_server


class Fragile(Executor):
    """Breaks whenever its script says so."""

    def __init__(self, script):
        self.script = script

    def submit(self, fn, /, *args):
        future = Future()
        if self.script.pop(0):
            future.set_result(fn(*args))
        else:
            future.set_exception(BrokenExecutor())
        return future


def run(crew):
    answers = {}
    while crew.busy:
        answers.update(crew.wait())
    return answers


def test_answers_come_back_with_their_context():
    with Crew(InProcess) as crew:
        crew.submit("a", abs, -1)
        crew.submit("b", abs, -2)
        assert run(crew) == {"a": 1, "b": 2}


def test_an_exception_is_an_answer():
    with Crew(InProcess) as crew:
        crew.submit("a", int, "x")
        assert isinstance(run(crew)["a"], ValueError)


def test_work_that_an_executor_broke_under_is_handed_out_again():
    script = [False, True]
    with Crew(lambda: Fragile(script)) as crew:
        crew.submit("a", abs, -1)
        assert run(crew) == {"a": 1}


def test_work_that_breaks_every_executor_is_a_fault_of_ours():
    with Crew(lambda: Fragile([False] * 9)) as crew:
        crew.submit("a", abs, -1)
        assert isinstance(run(crew)["a"], GraderFault)


def test_an_interrupt_goes_through():
    def interrupted():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), Crew(InProcess) as crew:
        crew.submit("a", interrupted)


class Brittle(Executor):
    """Can't even be handed work, until there is another in its place."""

    made = 0

    def __init__(self):
        Brittle.made += 1
        self.whole = Brittle.made > 1

    def submit(self, fn, /, *args):
        if not self.whole:
            raise BrokenExecutor
        return InProcess().submit(fn, *args)


def test_an_executor_that_takes_nothing_any_more_is_replaced_at_once():
    Brittle.made = 0
    with Crew(Brittle) as crew:
        crew.submit("a", abs, -1)
        assert run(crew) == {"a": 1}
    assert Brittle.made == 2


def test_where_no_process_can_be_started_it_is_told_in_a_line():
    class Refused(Executor):
        def submit(self, fn, /, *args):
            raise ConnectionRefusedError(111, "Connection refused")

    with Crew(Refused) as crew, pytest.raises(GraderFault, match=r"Connection refused.*--jobs 1"):
        crew.submit("a", abs, -1)


def test_what_is_unfinished_is_given_up_at_once(monkeypatch):
    ended = []

    class Process:
        def terminate(self):
            ended.append(self)

    class Endless(Executor):
        def submit(self, fn, /, *args):
            return Future()

    monkeypatch.setattr(multiprocessing, "active_children", lambda: [Process(), Process()])
    with Crew(Endless) as crew:
        crew.submit("a", abs, -1)
    assert len(ended) == 2


def test_processes_have_a_module_imported_and_leave_an_interrupt_to_their_parent():
    with processes(1, "autograder.grading.executors") as pool:
        assert pool.submit(signal.getsignal, signal.SIGINT).result(timeout=60) == signal.SIG_IGN
        assert pool.submit(os.getpid).result(timeout=60) != os.getpid()


def test_a_server_that_runs_is_not_started_again():
    module = "autograder.grading.executors"
    start_server(module)
    server = forkserver._forkserver._forkserver_pid
    assert server
    start_server(module)
    with processes(1, module) as pool:
        parent = pool.submit(os.getppid).result(timeout=60)
    assert parent == forkserver._forkserver._forkserver_pid == server


def test_a_process_of_a_pool_ends_when_its_parent_does(monkeypatch):
    ended = []

    class Parent:
        def join(self):
            ended.append("joined")

    monkeypatch.setattr(os, "_exit", ended.append)
    monkeypatch.setattr(multiprocessing, "parent_process", lambda: Parent())
    monkeypatch.setattr(signal, "signal", lambda *asked: ended.append(asked))
    executors._follow_the_parent()
    deadline = time.monotonic() + 30
    while len(ended) < 3:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert ended == [(signal.SIGINT, signal.SIG_IGN), "joined", 1]


def test_a_process_without_a_parent_goes_on(monkeypatch):
    monkeypatch.setattr(os, "_exit", pytest.fail)
    monkeypatch.setattr(multiprocessing, "parent_process", lambda: None)
    executors._end_with_the_parent()
