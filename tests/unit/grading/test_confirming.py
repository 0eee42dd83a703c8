"""What is right in the cases that were given out has its marks where it is right in others."""

from __future__ import annotations

import json

import numpy as np
import pytest

from autograder.checks import Case, Distribution, Gradient, Matches, Property, Purity, Speed, Stability, Tolerance
from autograder.grading.one import Grader
from autograder.grading.rubrics import LoadedRubric
from autograder.results import Verdict, dump
from autograder.rubric import Rubric, Task
from autograder.sandbox.scripted import ScriptedSandbox
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


def broken(rng):
    if broken.calls:
        raise ZeroDivisionError("in its cases")
    broken.calls += 1
    return ordinary(rng)


def loaded(*checks):
    reference = {"cube_forward": cube_forward, "cube_backward": cube_backward}
    return LoadedRubric("its", Rubric("cubes", "cubes", reference, (Task("cube", module="cubes", checks=checks),)), "0")


def values(**fields):
    return Matches("cube_forward", pick=0, name=fields.pop("name", "values"), points=1, cases=ordinary, **fields)


def learned(function, right, *, otherwise):
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


def by_heart(rubric, otherwise=lambda x: (0 * x, x), backward=cube_backward):
    """The result of somebody who has the visible values, and what else is asked there, in a table."""
    table = learned("cube_forward", cube_forward, otherwise=otherwise)
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
    assert "right for the numbers that you were given, and not for others of the same kind" in check.message
    assert check.visibility == "visible"


def test_what_is_said_of_it_has_no_number_of_the_other_cases():
    check = by_heart(loaded(values(visible=True)), otherwise=lambda x: (x + 1, x)).tasks[0].checks[0]
    assert not any(digit in check.message + check.hint for digit in "0123456789")
    assert "elements" not in check.details


def test_a_student_s_own_check_has_no_other_cases():
    rubric = loaded(values(visible=True))
    learned.learns = True
    table = learned("cube_forward", cube_forward, otherwise=cube_forward)
    assert graded(rubric, only_visible=True, cube_forward=table).score == 1


def test_a_hidden_check_that_asks_for_the_same_and_holds_makes_it_needless():
    asked = []

    def counting(x):
        asked.append(len(x))
        return cube_forward(x)

    graded(loaded(values(visible=True), values(name="again")), cube_forward=counting)
    assert len(asked) == 2
    asked.clear()
    graded(loaded(values(visible=True)), cube_forward=counting)
    assert len(asked) == 2


def test_who_fails_in_the_corners_keeps_what_is_right_elsewhere():
    rubric = loaded(values(visible=True), Matches("cube_forward", pick=0, name="corners", points=1, cases=corners))
    result = graded(rubric, cube_forward=lambda x: (x**3 if len(x) > 1 else x, x))
    assert shown(result) == {"values": (Verdict.PASSED, 1), "corners": (Verdict.FAILED, 0)}
    assert shown(by_heart(rubric)) == {"values": (Verdict.FAILED, 0), "corners": (Verdict.FAILED, 0)}


def test_all_hidden_checks_that_ask_for_the_same_have_to_hold():
    """Somebody may be right in the easy corner alone."""
    rubric = loaded(
        values(visible=True),
        Matches("cube_forward", pick=0, name="corners", points=1, cases=corners),
        values(name="again"),
    )
    result = by_heart(rubric, otherwise=lambda x: (x**3 if len(x) == 1 else x, x))
    assert shown(result)["corners"] == (Verdict.PASSED, 1)
    assert shown(result)["values"] == (Verdict.FAILED, 0)


def test_a_gradient_covers_the_value():
    rubric = loaded(values(visible=True), Gradient("cube", name="gradient", points=2, cases=ordinary))
    asked = []

    def counting(x):
        asked.append(x)
        return cube_forward(x)

    graded(rubric, cube_forward=counting)
    before = len(asked)
    graded(loaded(*rubric.rubric.tasks[0].checks[1:]), cube_forward=counting)
    assert len(asked) == 2 * before - 1  # the visible case once, and never afresh


class Doubled:
    """A known mistake, beside which a gradient has its marks."""

    name, sentence = "doubled", "You doubled it."

    @staticmethod
    def function(x):
        return 2 * x**3, x


def test_a_gradient_that_passes_beside_a_known_mistake_covers_no_value():
    """Or else a table of the given values, and a known mistake elsewhere, were worth the value's mark."""
    gradient = Gradient("cube", name="gradient", points=2, cases=ordinary, variants=(Doubled(),))
    result = by_heart(
        loaded(values(visible=True), gradient), otherwise=Doubled.function, backward=lambda dout, x: 6 * x**2 * dout
    )
    assert shown(result) == {"values": (Verdict.FAILED, 0), "gradient": (Verdict.PASSED, 2)}


def test_purity_is_kept_by_numbers_that_hold_in_other_cases():
    pure = Purity(functions=("cube_forward", "cube_backward"), name="purity", points=1, cases=ordinary, visible=True)
    rubric = loaded(values(visible=True), pure)
    assert graded(rubric).score == 2
    result = by_heart(rubric)
    assert shown(result) == {"values": (Verdict.FAILED, 0), "purity": (Verdict.SKIPPED, 0)}


def test_what_rounds_at_the_tolerance_s_edge_loses_nothing_by_chance():
    def rounded(x):
        return x**3 * (1 + (3e-8 if abs(x[0]) != first else 0)), x

    rubric = loaded(values(visible=True))
    (case,) = Grader(rubric, "", ScriptedSandbox({})).prepared("cube", rubric.rubric.tasks[0].checks[0], "").cases
    first = abs(case.args[0][0])
    assert graded(rubric, cube_forward=rounded).score == 1
    assert graded(loaded(values()), cube_forward=rounded).score == 0


def test_what_it_earns_in_part_is_the_smaller_of_the_two():
    def both(x):
        return {"sum": x.sum(), "mean": x.mean()}

    reference = {"both": both}
    check = Matches("both", name="parts", points=2, cases=ordinary, visible=True, partial=True)
    rubric = LoadedRubric("its", Rubric("b", "b", reference, (Task("both", module="b", checks=[check]),)), "0")
    first = []

    def half(x):
        first.append(x.tobytes())
        return both(x) if x.tobytes() == first[0] else both(x) | {"mean": 0.0}

    result = Grader(rubric, "key", ScriptedSandbox({"both": half})).grade(SOURCE)
    assert shown(result) == {"parts": (Verdict.PARTIAL, 1)}


def test_what_fails_of_ourselves_in_the_other_cases_is_our_fault():
    broken.calls = 0
    rubric = loaded(Matches("cube_forward", pick=0, name="values", points=1, cases=broken, visible=True))
    (check,) = graded(rubric).tasks[0].checks
    assert check.verdict is Verdict.GRADER_FAULT
    assert "ZeroDivisionError" in check.details["error"]


def test_the_same_seed_gives_the_same_result():
    rubric = loaded(values(visible=True))
    one, two = (json.loads(dump(by_heart(rubric))) | {"timing": {}} for _ in range(2))
    assert one == two


# --- which check asks for what another one asks for -----------------------------------------------

FIELDS = {"points": 1, "cases": ordinary}
PURE = Purity(functions=("cube_forward",), **FIELDS)
WIDE = Tolerance(rtol=1e-2)


@pytest.mark.parametrize(
    ("hidden", "visible", "covers"),
    [
        (values(), values(visible=True, title="so"), True),
        (values(), values(tolerance=WIDE), False),
        (values(), Matches("cube_forward", **FIELDS), False),
        (values(), Matches("cube_backward", pick=0, **FIELDS), False),
        (values(), PURE, True),
        (Purity(functions=("cube_forward", "cube_backward"), **FIELDS), values(), False),
        (values(), Purity(functions=("cube_forward", "cube_backward"), **FIELDS), False),
        (Gradient("cube", **FIELDS), Purity(functions=("cube_forward", "cube_backward"), **FIELDS), True),
        (Gradient("cube", **FIELDS), values(), True),
        (Gradient("cube", **FIELDS), values(tolerance=WIDE), False),
        (Gradient("cube", **FIELDS), Matches("cube_backward", pick=0, **FIELDS), False),
        (Gradient("cube", **FIELDS), Gradient("cube", wrt=("x",), **FIELDS), True),
        (Gradient("cube", wrt=("x",), **FIELDS), Gradient("cube", **FIELDS), False),
        (Gradient("cube", wrt=("x", "k"), **FIELDS), Gradient("cube", wrt=("k",), **FIELDS), True),
        (Gradient("cube", wrt=("x", "k"), **FIELDS), Gradient("other", wrt=("k",), **FIELDS), False),
        (Gradient("cube", wrt=("k",), **FIELDS), Gradient("cube", wrt=("x",), **FIELDS), False),
        (values(), Stability("cube_forward", pick=0, **FIELDS), False),
        (Stability("cube_forward", pick=0, **FIELDS), Stability("cube_forward", pick=0, **FIELDS), True),
        (Speed("cube_forward", pick=0, **FIELDS), values(), False),
        (Speed("cube_forward", pick=0, **FIELDS), PURE, False),
        (Property("cube_forward", holds=lambda *_: None, form=np.shape, **FIELDS), PURE, False),
        (
            Distribution("draw", variance=lambda n: 1 / n, **FIELDS),
            Distribution("draw", variance=lambda n: 1 / n, **FIELDS),
            True,
        ),
        (
            Distribution("draw", variance=lambda n: 1 / n, **FIELDS),
            Distribution("other", variance=lambda n: 1 / n, **FIELDS),
            False,
        ),
    ],
)
def test_which_check_covers_which(hidden, visible, covers):
    assert hidden.covers(visible) is covers
