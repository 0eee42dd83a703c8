"""What is right in the cases that were given out has its marks where it is right in others."""

from __future__ import annotations

import json

import numpy as np
import pytest

from autograder.checks import Case, Gradient, Matches, Purity
from autograder.errors import WorkerStopped
from autograder.grading.one import Grader
from autograder.grading.rubrics import LoadedRubric
from autograder.messages import say
from autograder.results import Verdict, dump
from autograder.rubric import Rubric, Task
from autograder.sandbox.scripted import ScriptedSandbox, ScriptedSession
from autograder.submission.source import StudentSource

SOURCE = StudentSource("ada", "ada", "folder", {}, "0" * 64)


def cube_forward(x):
    return x**3, x


def cube_backward(dout, cache):
    return 3 * cache**2 * dout


def ordinary(rng):
    return [Case((rng.normal(size=4),))]


def corners(rng):
    return [Case((rng.normal(size=1),), note="N = 1")]


def loaded(*checks):
    reference = {"cube_forward": cube_forward, "cube_backward": cube_backward}
    return LoadedRubric("its", Rubric("cubes", "cubes", reference, (Task("cube", module="cubes", checks=checks),)), "0")


def values(**fields):
    return Matches("cube_forward", pick=0, name=fields.pop("name", "values"), points=1, cases=ordinary, **fields)


def learned(right, *, otherwise):
    """A function that knows the visible cases: what it is asked by a student's own check, and nothing else."""
    table = set()

    def asked(*args):
        if learned.learns:
            table.add(args[-1].tobytes())
        return (right if args[-1].tobytes() in table else otherwise)(*args)

    return asked


def graded(rubric, *, only_visible=False, **functions):
    made = {"cube_forward": cube_forward, "cube_backward": cube_backward} | functions
    return Grader(rubric, "key", ScriptedSandbox(made), only_visible=only_visible).grade(SOURCE)


def given_case(rubric):
    """The one that students have."""
    (task,) = rubric.rubric.tasks
    (case,) = Grader(rubric, "", ScriptedSandbox({})).prepared(task.name, task.checks[0], "").cases
    return case


def by_heart(rubric, otherwise=lambda x: (0 * x, x), backward=cube_backward):
    """The result of somebody who has the visible values, and what else is asked there, in a table."""
    table = learned(cube_forward, otherwise=otherwise)
    learned.learns = True
    graded(rubric, only_visible=True, cube_forward=table)
    learned.learns = False
    return graded(rubric, cube_forward=table, cube_backward=backward)


def shown(result):
    return {check.name: (check.verdict, check.score) for task in result.tasks for check in task.checks}


def test_a_table_of_the_visible_answers_earns_nothing():
    rubric = loaded(values(visible=True))
    assert graded(rubric).score == 1
    result = by_heart(rubric)
    assert shown(result) == {"values": (Verdict.FAILED, 0)}
    (check,) = result.tasks[0].checks
    assert check.message.startswith("This is right in the cases that were given out, and wrong in others")
    assert check.visibility == "visible"


def raising(error):
    def otherwise(x):
        raise error

    return otherwise


@pytest.mark.parametrize(
    "otherwise",
    [lambda x: (x + 1, x), lambda x: ("text", x), raising(KeyError("a hidden number"))],
)
def test_what_is_said_of_it_is_one_sentence_whatever_was_found(otherwise):
    """It stands where students read it, when hidden results are not given out yet."""
    check = by_heart(loaded(values(visible=True)), otherwise=otherwise).tasks[0].checks[0]
    sentence = say("right-as-given-only")
    assert (check.verdict, check.message, check.hint) == (Verdict.FAILED, sentence.message, sentence.hint)
    assert check.details["anew"]["verdict"] in ("failed", "crashed")
    assert "elements" not in check.details


def test_a_student_s_own_check_has_no_other_cases():
    rubric = loaded(values(visible=True))
    learned.learns = True
    table = learned(cube_forward, otherwise=cube_forward)
    assert graded(rubric, only_visible=True, cube_forward=table).score == 1


def test_what_is_right_is_asked_once(monkeypatch):
    asked = []

    def counting(x):
        asked.append(x)
        return cube_forward(x)

    assert graded(loaded(values(visible=True)), cube_forward=counting).score == 1
    assert len(asked) == 1


def test_who_fails_in_the_corners_keeps_what_is_right_elsewhere():
    rubric = loaded(values(visible=True), Matches("cube_forward", pick=0, name="corners", points=1, cases=corners))
    result = graded(rubric, cube_forward=lambda x: (x**3 if len(x) > 1 else x, x))
    assert shown(result) == {"values": (Verdict.PASSED, 1), "corners": (Verdict.FAILED, 0)}
    # ... and a right corner, or a hidden check that is right, buys nothing for a table:
    right_in_corners = by_heart(rubric, otherwise=lambda x: (x**3 if len(x) == 1 else x, x))
    assert shown(right_in_corners) == {"values": (Verdict.FAILED, 0), "corners": (Verdict.PASSED, 1)}


def test_what_is_wrong_in_the_given_cases_is_told_by_their_numbers():
    rubric = loaded(values(visible=True))
    given = given_case(rubric)
    (check,) = graded(rubric, cube_forward=lambda x: (x**2, x)).tasks[0].checks
    assert check.verdict is Verdict.FAILED
    assert any(f"{value:.6g}" in check.message for value in given.args[0] ** 2), check.message
    assert check.details["elements"]


def test_a_gradient_beside_a_known_mistake_is_told_so_and_has_its_marks():
    gradient = Gradient("cube", name="gradient", points=2, cases=ordinary, variants=(Doubled(),), visible=True)
    result = graded(loaded(gradient), cube_forward=Doubled.function, cube_backward=lambda dout, x: 6 * x**2 * dout)
    assert shown(result) == {"gradient": (Verdict.PASSED, 2)}
    assert "You doubled it." in result.tasks[0].checks[0].message


class Doubled:
    """A known mistake, beside which a gradient has its marks."""

    name, sentence = "doubled", "You doubled it."

    @staticmethod
    def function(x):
        return 2 * x**3, x


def test_purity_is_of_numbers_that_are_right_in_other_cases():
    pure = Purity(functions=("cube_forward", "cube_backward"), name="purity", points=1, cases=ordinary, visible=True)
    rubric = loaded(values(visible=True), pure)
    assert graded(rubric).score == 2
    result = by_heart(rubric)
    assert shown(result) == {"values": (Verdict.FAILED, 0), "purity": (Verdict.FAILED, 0)}


def test_the_given_cases_are_asked_of_a_worker_that_has_seen_no_others(monkeypatch):
    closed = []
    monkeypatch.setattr(ScriptedSession, "close", lambda _: closed.append(len(asked)))
    asked = []

    def telling(x):
        asked.append(x)
        raise ValueError(str(asked))

    graded(loaded(values(visible=True), values(name="hidden")), cube_forward=telling)
    assert closed == [2, 3]  # before the one given case, and in the end
    closed.clear()
    graded(loaded(values(visible=True), values(name="hidden")))
    assert len(closed) == 1


def test_what_does_not_end_is_not_asked_for_again():
    asked = []

    def endless(x):
        asked.append(x)
        raise WorkerStopped(Verdict.TIMED_OUT, "It took too long.")

    (check,) = graded(loaded(values(visible=True)), cube_forward=endless).tasks[0].checks
    assert (check.verdict, check.message) == (Verdict.TIMED_OUT, "It took too long.")
    assert len(asked) == 1


@pytest.mark.parametrize(("off", "score"), [(9e-7, 1), (4e-6, 0)])
def test_what_is_off_at_the_tolerance_s_edge_loses_nothing_by_chance(off, score):
    rubric = loaded(values(visible=True))
    case = given_case(rubric)

    def rounded(x):
        return x**3 * (1 if np.array_equal(x, case.args[0]) else 1 + off), x

    assert graded(rubric, cube_forward=rounded).score == score
    assert graded(loaded(values()), cube_forward=rounded).score == 0


def test_what_it_earns_in_part_is_the_smaller_of_the_two():
    def both(x):
        return {"sum": x.sum(), "mean": x.mean()}

    reference = {"both": both}
    check = Matches("both", name="parts", points=2, cases=ordinary, visible=True, partial=True)
    rubric = LoadedRubric("its", Rubric("b", "b", reference, (Task("both", module="b", checks=[check]),)), "0")
    given = given_case(rubric)

    def half(x):
        return both(x) if np.array_equal(x, given.args[0]) else both(x) | {"mean": 0.0}

    result = Grader(rubric, "key", ScriptedSandbox({"both": half})).grade(SOURCE)
    assert shown(result) == {"parts": (Verdict.PARTIAL, 1)}


@pytest.mark.parametrize("which", [0, 1, 2])  # the own cases, those that were given out, the own ones once more
def test_what_fails_of_ourselves_is_our_fault_whichever_cases_it_is_in(which):
    drawn = []

    def broken(rng):
        drawn.append(1)
        if len(drawn) == which + 1:
            raise ZeroDivisionError("in its cases")
        return ordinary(rng)

    (given,) = (
        Grader(loaded(values(visible=True)), "", ScriptedSandbox({})).prepared("cube", values(visible=True), "").cases
    )
    check = Matches("cube_forward", pick=0, name="values", points=1, cases=broken, visible=True)
    table = {"cube_forward": lambda x: cube_forward(x if np.array_equal(x, given.args[0]) else 0 * x)}
    (found,) = graded(loaded(check), **table).tasks[0].checks
    assert found.verdict is Verdict.GRADER_FAULT
    assert "ZeroDivisionError" in found.details["error"]
    assert len(drawn) == which + 1


def test_the_same_seed_gives_the_same_result():
    rubric = loaded(values(visible=True))
    one, two = (json.loads(dump(by_heart(rubric))) | {"timing": {}} for _ in range(2))
    assert one == two
