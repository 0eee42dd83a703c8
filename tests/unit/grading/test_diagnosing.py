"""What known mistakes return is the same each time, whatever was drawn before."""

from dataclasses import replace

import numpy as np
import pytest

from autograder.checks import Case, Distribution, Prepared, Speed
from autograder.checks.diagnosis import Evidence
from autograder.checks.variants import Known
from autograder.grading.diagnosing import FromRubric, _pairs_left_open
from autograder.grading.one import visible
from autograder.misconceptions import Misconception
from autograder.rubric import Rubric, Task
from autograder.sandbox.wire import Rng


def draw(n, rng):
    return rng.standard_normal(n)


def draws(rng):
    return [Case((16000, Rng(int(rng.integers(2**32)))))]


MISTAKE = Misconception(
    "global-randomness",
    "The generator that is passed in is not used.",
    ("draw",),
    "def draw(n, rng):\n    return np.random.standard_normal(n)\n",
    ("draw/distribution",),
)


@pytest.fixture
def rubric():
    check = Distribution("draw", points=1, visible=True, cases=draws, variance=lambda n: 1.0)
    task = Task("draw", module="drawing", checks=[check])
    return Rubric("drawing", "lab", {"draw": draw}, (task,), misconceptions=(MISTAKE,))


def printed(rubric):
    check = rubric.tasks[0].checks[0]
    return FromRubric(rubric).prints("draw", check, visible(rubric, "draw", check), lambda _: True)


def test_a_mistake_that_draws_from_the_process_s_own_generator_is_the_same_each_time(rubric):
    first = printed(rubric)
    assert MISTAKE.name in first
    np.random.standard_normal(3)
    assert printed(rubric) == first


def test_nobody_else_s_numbers_change(rubric):
    np.random.seed(5)
    due = np.random.standard_normal(4)
    np.random.seed(5)
    printed(rubric)
    assert np.array_equal(np.random.standard_normal(4), due)


def test_a_check_of_time_has_nothing_to_be_told_by(rubric):
    check = Speed("draw", points=1, cases=lambda rng: [Case((10,))])
    library = FromRubric(rubric)
    assert library.prints("draw", check, Prepared((), ()), lambda _: True) == {}
    assert library.terms("draw", check, Prepared((), ())) == ()


def test_a_check_of_time_has_no_pairs_of_mistakes_either(rubric):
    check = Speed("draw", points=1, cases=lambda rng: [Case((10,))])
    assert FromRubric(rubric)._run_pairs("draw/speed", check, Prepared((), ()), {}, lambda _: True) == {}


@pytest.mark.parametrize(("names", "is_open"), [(("a", "b"), True), (("a", "c"), False), (("b", "c"), True)])
def test_two_mistakes_are_left_open_where_they_were_found_or_are_the_check_s_own(names, is_open):
    known = {name: Known(name, "", "draw" if name == "b" else "other", ()) for name in "abc"}
    found = [Evidence("draw/one", True, False, whole=(("a", "b"),))]
    check = Speed("draw", points=1, cases=lambda rng: [])
    assert _pairs_left_open(found, known, lambda _: True, check)(names) is is_open
    assert _pairs_left_open([], known, lambda _: False, check)(names) is False


def test_a_visible_check_s_pairs_are_run_once(rubric, monkeypatch):
    ran = []
    library = FromRubric(rubric)
    monkeypatch.setattr(library, "_run_pairs", lambda where, *_: ran.append(where) or {})
    check = rubric.tasks[0].checks[0]
    for _ in range(2):
        assert library.pairs("draw", check, Prepared((), ()), {}, lambda _: True) == {}
    assert ran == ["draw/distribution"]
    hidden = replace(check, visible=False)
    for _ in range(2):
        library.pairs("draw", hidden, Prepared((), ()), {}, lambda _: True)
    assert len(ran) == 3
