"""Checks that are asked together, in a session that is played here or runs plain functions of this process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from autograder.checks.base import Check, Finding, Prepared
from autograder.checks.speed import Speed
from autograder.errors import GraderFault, PutOff, SandboxUnavailable, WorkerStopped
from autograder.grading import examining, rubrics
from autograder.grading.examining import Answered, Examination, Examined
from autograder.grading.one import Grader
from autograder.results import Verdict
from autograder.sandbox.interface import Answer, Steps
from autograder.sandbox.scripted import ScriptedSession
from autograder.sandbox.wire import Call
from autograder.submission.source import StudentSource

CRASHED = WorkerStopped(Verdict.CRASHED, "It crashed.")


def call(number: int) -> Call:
    return Call(function="same", args=(number,))


@dataclass(frozen=True, kw_only=True)
class Echo(Check):
    """Passes where its number comes back; asks ``more`` further questions, one by one."""

    number: int
    more: int = 0
    known: bool = True
    points: float = 1
    cases: Callable = lambda rng: []

    @property
    def functions(self):
        return ("same",)

    def prepare(self, reference, rng):
        return Prepared(())

    def steps(self, prepared):
        return (call(self.number),) if self.known else ()

    def examine(self, session, prepared):
        first = prepared.program(self.steps) or (call(self.number),)
        values = [session.run(*first).replies[0].value]
        values += [session.run(call(self.number)).replies[0].value for _ in range(self.more)]
        return Finding(Verdict.PASSED if values == [self.number] * (1 + self.more) else Verdict.FAILED, 1.0)


class Played(ScriptedSession):
    """Runs as many programs at once as it is told, and notes what it is asked, alone and together."""

    def __init__(self, at_once: int = 100, **stops: Exception) -> None:
        super().__init__({"same": lambda number: number})
        self.at_once = at_once
        self.stops = {int(name[1:]): error for name, error in stops.items()}
        self.together: list[list[int]] = []
        self.alone: list[int] = []

    def run(self, *steps) -> Answer:
        self.alone.append(steps[0].args[0])
        return super().run(*steps)

    def ahead(self, *programs: Steps):
        outcomes: list[Answer | Exception] = []
        for steps in programs[: self.at_once]:
            stop = self.stops.pop(steps[0].args[0], None)
            if isinstance(stop, (WorkerStopped, GraderFault)):
                outcomes.append(stop)
                break
            if stop is not None:
                raise stop
            outcomes.append(ScriptedSession.run(self, *steps))
        self.together.append([steps[0].args[0] for steps in programs[: len(outcomes)]])
        return tuple(outcomes)


def run(session: Played, *checks: Check) -> list[Verdict]:
    return [each.finding.verdict for each in whole(session, *checks)]


def whole(session: Played, *checks: Check) -> list[Examined]:
    return Examination(("task", check, lambda check=check: check.prepare({}, None)) for check in checks).run(session)


def echoes(count: int) -> list[Echo]:
    return [Echo(number=number) for number in range(count)]


def test_what_checks_ask_first_is_asked_together():
    session = Played()
    assert run(session, *echoes(5)) == [Verdict.PASSED] * 5
    assert session.together == [[0, 1, 2, 3, 4]]
    assert session.alone == []


def test_no_more_than_so_many_are_begun_at_once(monkeypatch):
    monkeypatch.setattr(examining, "TOGETHER", 2)
    session = Played()
    assert run(session, *echoes(5)) == [Verdict.PASSED] * 5
    assert session.together == [[0, 1], [2, 3], [4]]


def test_where_the_session_stops_it_is_asked_for_the_rest():
    session = Played(at_once=2)
    assert run(session, *echoes(5)) == [Verdict.PASSED] * 5
    assert session.together == [[0, 1], [2, 3], [4]]


def test_what_ends_the_worker_costs_its_own_check_alone():
    session = Played(_1=CRASHED)
    assert run(session, *echoes(4)) == [Verdict.PASSED, Verdict.CRASHED, Verdict.PASSED, Verdict.PASSED]
    assert session.together == [[0, 1], [2, 3]]


def test_there_are_as_many_outcomes_as_programs():
    session = Played(at_once=2)
    assert len(list(examining._outcomes(session, [(call(number),) for number in range(5)]))) == 5


@pytest.mark.parametrize("stop", [CRASHED, GraderFault("killed")])
def test_functions_of_this_process_stop_their_own_check_alone(stop):
    def same(number):
        if number == 1:
            raise stop
        return number

    outcomes = examining._outcomes(ScriptedSession({"same": same}), [(call(number),) for number in range(3)])
    assert [outcome is stop for outcome in outcomes] == [False, True, False]


def test_our_own_fault_is_tried_once_more_alone():
    session = Played(_1=GraderFault("killed"))
    assert run(session, *echoes(3)) == [Verdict.PASSED] * 3
    assert session.alone == [1]


@pytest.mark.parametrize("error", [ValueError("ours"), SandboxUnavailable("no lock")])
def test_whatever_else_the_session_raises_is_one_check_s_fault(error):
    assert run(Played(_0=error), *echoes(3)) == [Verdict.GRADER_FAULT, Verdict.PASSED, Verdict.PASSED]


def test_in_a_hurry_all_is_put_off():
    with pytest.raises(PutOff):
        run(Played(_2=PutOff()), *echoes(3))


def test_further_questions_and_those_of_a_check_that_keeps_them_to_itself_are_asked_alone():
    session = Played()
    checks = Echo(number=0, more=2), Echo(number=1, known=False), Echo(number=2)
    assert run(session, *checks) == [Verdict.PASSED] * 3
    assert session.together == [[0, 2]]
    assert session.alone == [0, 0, 1]


def test_a_check_that_can_t_be_prepared_is_not_asked_for():
    def fail() -> Prepared:
        raise ValueError("no cases")

    session = Played()
    asked = [("task", Echo(number=0), fail), ("task", Echo(number=1), lambda: Prepared(()))]
    found = Examination(asked).run(session)
    assert [each.finding.verdict for each in found] == [Verdict.GRADER_FAULT, Verdict.PASSED]
    assert found[0].prepared is None
    assert session.together == [[1]]


def test_what_came_back_first_is_kept():
    (found,) = whole(Played(), Echo(number=3, more=1))
    assert found.replies[0].value == 3
    (found,) = whole(Played(_3=CRASHED), Echo(number=3))
    assert found.replies == ()


def test_no_more_is_kept_than_there_is_room_for(monkeypatch):
    class Large(Played):
        def ahead(self, *programs: Steps):
            return tuple(replace(answer, memory_bytes=10) for answer in super().ahead(*programs))

    monkeypatch.setattr(examining, "MAX_KEPT", 25)
    found = whole(Large(), *echoes(4))
    assert [each.finding.verdict for each in found] == [Verdict.PASSED] * 4
    assert [len(each.replies) for each in found] == [1, 1, 0, 0]


def test_an_answered_session_is_the_session_but_for_what_was_asked():
    session = Played()
    (answer,) = session.ahead((call(7),))
    answered = Answered(session, (call(7),), answer)
    assert answered.loaded == session.loaded
    assert answered.run(call(7)) is answer
    assert session.alone == []
    assert answered.run(call(7)).replies[0].value == 7
    assert session.alone == [7]
    assert answered.ahead((call(5),))[0].replies[0].value == 5
    answered.close()


def test_right_work_is_asked_nothing_alone_but_what_is_timed():
    loaded = rubrics.load(rubrics.DEFAULT)
    session = Counting(loaded.rubric.reference)
    source = StudentSource("ada", "ada", "folder", {}, "0" * 64)
    assert Grader(loaded, "key", session).grade(source).score == loaded.rubric.points
    checks = [check for task in loaded.rubric.tasks for check in task.checks]
    timed = {name for check in checks if isinstance(check, Speed) for name in check.functions}
    assert session.alone
    assert session.alone <= timed


class Counting(ScriptedSession):
    """A sandbox with one session, which notes the functions that are called by programs that come alone."""

    locks = ()

    def __init__(self, functions) -> None:
        super().__init__(functions)
        self.alone: set[str] = set()

    def open(self, source, layout, *, meanwhile=None):
        return self

    def run(self, *steps) -> Answer:
        self.alone |= {step.function for step in steps}
        return super().run(*steps)

    def ahead(self, *programs: Steps):
        return tuple(ScriptedSession.run(self, *steps) for steps in programs)


def test_an_answer_to_something_else_is_nobody_s():
    session = Played()
    (answer,) = session.ahead((call(7),))
    assert Answered(session, (call(7),), answer).run(call(8)).replies[0].value == 8


def test_cases_that_are_drawn_beforehand_are_drawn_once():
    drawn = []

    def prepare(number):
        drawn.append(number)
        return Prepared(())

    asked = [("task", Echo(number=number), lambda number=number: prepare(number)) for number in range(70)]
    examination = Examination(asked)
    assert drawn == []
    examination.begin()
    examination.begin()
    assert drawn == list(range(64))
    session = Played()
    assert [each.finding.verdict for each in examination.run(session)] == [Verdict.PASSED] * 70
    assert drawn == list(range(70))


def test_nothing_to_check_is_nothing_found():
    examination = Examination([])
    examination.begin()
    assert examination.run(Played()) == []
