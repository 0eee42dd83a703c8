from concurrent.futures import BrokenExecutor, Executor, Future

import pytest

from autograder.errors import GraderFault
from autograder.grading.executors import Crew, InProcess


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
