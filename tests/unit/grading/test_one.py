"""One submission to one result, in a sandbox that runs plain functions of this process."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from end_to_end.tiny_rubric import damp_backward, damp_forward, midpoint

from autograder.checks.base import Check, Finding, Prepared
from autograder.errors import GraderFault, PutOff, WorkerStopped
from autograder.grading import examining, one, rubrics
from autograder.grading.one import Assigned, Grader, Sheet, grade
from autograder.results import Verdict
from autograder.sandbox.scripted import ScriptedSandbox
from autograder.submission.source import Layout, StudentSource

SOURCE = StudentSource("ada", "ada", "folder", {}, "0" * 64, warnings=("a shell line was left out",))
RIGHT = {"damp_forward": damp_forward, "damp_backward": damp_backward, "midpoint": midpoint}


@pytest.fixture(scope="module")
def tiny():
    return rubrics.load(str(Path(__file__).parents[2] / "end_to_end" / "tiny_rubric.py"))


def graded(tiny, **functions):
    return Grader(tiny, "key", ScriptedSandbox(RIGHT | functions)).grade(SOURCE)


def test_what_is_right_gets_all_and_the_result_says_what_it_was_made_from(tiny):
    result = graded(tiny)
    assert (result.score, result.max_score) == (4, 4)
    assert (result.submission, result.rubric, result.rubric_sha256) == ("ada", "damping", tiny.sha256)
    assert SOURCE.warnings[0] in result.warnings
    assert result.seed


def test_what_is_wrong_loses_its_own_check_alone(tiny):
    result = graded(tiny, midpoint=lambda a, b: a)
    assert result.score == 3
    assert [check.verdict for check in result.tasks[1].checks] == [Verdict.FAILED]
    assert all(check.verdict is Verdict.PASSED for check in result.tasks[0].checks)


def test_only_some_tasks_or_only_what_is_visible(tiny):
    grader = Grader(tiny, "key", ScriptedSandbox(RIGHT))
    assert [task.name for task in grader.grade(SOURCE, only=["midpoint"]).tasks] == ["midpoint"]
    visible = Grader(tiny, "key", ScriptedSandbox(RIGHT), only_visible=True).grade(SOURCE)
    assert [len(task.checks) for task in visible.tasks if task.checks] == [1]
    assert visible.score == 1


def test_a_diagnosis_that_fails_costs_nobody_a_mark(tiny, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError("in the diagnosis")

    monkeypatch.setattr(one, "diagnosed", broken)
    result = graded(tiny, midpoint=lambda a, b: a)
    assert result.score == 3
    (check,) = result.tasks[1].checks
    assert check.verdict is Verdict.FAILED
    assert check.details["undiagnosed"] == "ZeroDivisionError: in the diagnosis"
    assert not result.faulty


def test_in_a_hurry_the_same_grader_has_a_sandbox_that_is(tiny):
    class Hasty(ScriptedSandbox):
        def hurried(self, patience):
            self.patience = patience
            return ScriptedSandbox(RIGHT | {"midpoint": lambda a, b: a})

    box = Hasty(RIGHT)
    grader = Grader(tiny, "key", box)
    assert grader.hurried(0.5).grade(SOURCE).score == 3
    assert box.patience == 0.5
    assert grader.grade(SOURCE).score == 4
    unlocked = Grader(tiny, "key", ScriptedSandbox(RIGHT))
    assert unlocked.hurried(0.5) is unlocked


# --- what can go wrong --------------------------------------------------------------------------


@dataclass(frozen=True)
class Scripted(Check):
    """A check whose findings, or failures, are given."""

    says: tuple = ()

    @property
    def functions(self):
        return ("midpoint",)

    def prepare(self, reference, rng):
        raise NotImplementedError

    def examine(self, session, prepared):
        said = prepared.expected[0].pop(0)
        if isinstance(said, Exception):
            raise said
        return said


def examined(*says, prepare=None, points=2.0, library=None):
    check = Scripted(points=points, name="scripted", cases=lambda rng: ())
    prepared = Prepared((), (list(says),))
    tasks = (Assigned("task", "geometry", ((check, prepare or (lambda: prepared)),)),)
    sheet = Sheet("damping", "0", "seed", Layout("decay", {"midpoint": "geometry"}), tasks, library)
    return grade(SOURCE, sheet, ScriptedSandbox(RIGHT))


PASSED = Finding(Verdict.PASSED, 1.0, "", timing={"student": 0.25, "reference": math.nan})


def test_times_are_kept_where_they_are_known():
    assert {name for name in examined(PASSED).timing if "/" in name} == {"task/scripted/student"}


def test_our_own_fault_is_tried_once_more_and_then_listed():
    assert examined(GraderFault("killed"), PASSED).score == 2
    result = examined(GraderFault("killed"), GraderFault("killed again"))
    (check,) = result.tasks[0].checks
    assert (check.verdict, check.score) == (Verdict.GRADER_FAULT, 0)
    assert check.message == examining.FAULT
    assert "killed again" in check.details["error"]


@pytest.mark.parametrize("error", [ValueError("ours"), np.linalg.LinAlgError("ours"), RecursionError("ours")])
def test_whatever_a_check_of_ours_raises_is_no_mark(error):
    result = examined(error)
    assert result.faulty
    assert result.tasks[0].checks[0].verdict is Verdict.GRADER_FAULT


def test_cases_that_can_t_be_prepared_are_that_check_s_fault():
    def fail():
        raise ValueError("no cases")

    assert examined(prepare=fail).tasks[0].checks[0].verdict is Verdict.GRADER_FAULT


def test_a_worker_that_was_stopped_is_the_check_s_verdict():
    stopped = WorkerStopped(Verdict.TIMED_OUT, "The code ran for more than 10 s and was stopped.")
    (check,) = examined(stopped).tasks[0].checks
    assert (check.verdict, check.score, check.message) == (Verdict.TIMED_OUT, 0, stopped.message)


def test_what_is_put_off_has_no_result():
    with pytest.raises(PutOff):
        examined(PutOff())
