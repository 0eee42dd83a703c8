import dataclasses

import numpy as np
import pytest
from unit.checks.examples import REFERENCE

from autograder.checks import Complaint, Property
from autograder.checks.base import Case
from autograder.errors import RubricError
from autograder.results import Verdict
from autograder.sandbox.wire import Rng


def sizes(rng):
    return [Case((n, Rng(n)), note="a few") for n in (4, 7)]


def shuffle(n, rng):
    return rng.permutation(n).astype(float), 0.5


def is_permutation(case, value):
    order, _ = value
    if np.array_equal(np.sort(np.ravel(order)), np.arange(case.args[0])):
        return None
    return Complaint("Some entries are missing.", "Draw without replacement.")


CHECK = Property("shuffle", holds=is_permutation, returns=("order", "rest"), points=1, cases=sizes)
SHUFFLES = REFERENCE | {"shuffle": shuffle}


def test_more_than_one_answer_is_right(examine):
    assert examine(CHECK, SHUFFLES).verdict is Verdict.PASSED
    other = {"shuffle": lambda n, rng: [rng.permutation(n)[::-1].astype(float)[None], np.float64(0.1)]}
    assert examine(CHECK, SHUFFLES, other).verdict is Verdict.PASSED


def test_the_rubric_s_own_words_are_passed_on(examine):
    finding = examine(CHECK, SHUFFLES, {"shuffle": lambda n, rng: (rng.integers(0, 2, n).astype(float), 0.5)})
    assert (finding.verdict, finding.share) == (Verdict.FAILED, 0)
    assert finding.message == "Some entries are missing. It shows in this case: a few."
    assert finding.hint == "Draw without replacement."


def test_a_plain_sentence_will_do(examine):
    check = Property("shuffle", holds=lambda case, value: "No.", points=1, cases=sizes)
    assert examine(check, SHUFFLES).message.startswith("No.")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ((np.zeros(3), 0.5), "order has the wrong shape"),
        (([1.0], 0.5), "order is a list"),
        ((np.zeros(4), None), "rest is None"),
        ((np.full(4, np.nan), 0.5), "order holds nan"),
        ((np.zeros(4),), "wrong number of entries"),
        ("text", "wrong number of entries"),
    ],
)
def test_the_form_is_looked_at_before_the_rubric_is_asked(examine, value, words):
    def never(case, value):
        raise AssertionError("asked")

    check = Property("shuffle", holds=never, returns=("order", "rest"), points=1, cases=sizes)
    finding = examine(check, SHUFFLES, {"shuffle": lambda n, rng: value})
    assert (finding.verdict, finding.share) == (Verdict.FAILED, 0)
    assert words in finding.message


def test_what_a_judgement_raises_is_not_the_student_s_fault(examine):
    check = Property("shuffle", holds=lambda case, value: 1 / 0, points=1, cases=sizes)
    with pytest.raises(ZeroDivisionError):
        examine(check, SHUFFLES)


def test_arithmetic_in_a_judgement_is_silent(examine):
    check = Property("shuffle", holds=lambda case, value: str(np.float64(1) / 0), points=1, cases=sizes)
    assert examine(check, SHUFFLES).message.startswith("inf")


def test_randomness_that_is_not_the_generator_s_is_found(examine):
    finding = examine(CHECK, SHUFFLES, {"shuffle": lambda n, rng: shuffle(n, np.random.default_rng())})
    assert finding.share == 0
    assert "the same generator state" in finding.message


def test_a_case_without_a_generator_is_called_once(examine):
    calls = []

    def count(x):
        calls.append(1)
        return x

    check = Property("count", holds=lambda case, value: None, points=1, cases=lambda rng: [Case((np.ones(2),))])
    assert examine(check, {"count": lambda x: x}, {"count": count}).share == 1
    assert len(calls) == 1


def test_the_cases_named_are_called_once_and_the_others_show_whether_the_generator_is_used(examine):
    calls = []

    def noted(n, rng):
        calls.append(n)
        return shuffle(n, rng)

    def unseeded(n, rng):
        return shuffle(n, np.random.default_rng())

    check = dataclasses.replace(CHECK, once=(0,))
    assert examine(check, SHUFFLES, {"shuffle": noted}).share == 1
    assert calls == [4, 7, 7]
    assert "the same generator state" in examine(check, SHUFFLES, {"shuffle": unseeded}).message


def test_a_generator_that_is_ignored_is_found_in_the_cases_named(examine):
    check = dataclasses.replace(CHECK, reseeded=(1,))
    assert examine(check, SHUFFLES).share == 1
    for ignoring in (
        lambda n, rng: shuffle(n, np.random.default_rng(42)),
        lambda n, rng: (np.arange(n)[::-1].astype(float), 0.5),
    ):
        finding = examine(check, SHUFFLES, {"shuffle": ignoring})
        assert (finding.verdict, finding.share) == (Verdict.FAILED, 0)
        assert finding.message.startswith("shuffle gives the same numbers whatever generator is passed in.")
        assert examine(CHECK, SHUFFLES, {"shuffle": ignoring}).share == 1


def test_what_the_rubric_finds_comes_before_the_generator(examine):
    check = dataclasses.replace(CHECK, reseeded=(0,))
    assert examine(check, SHUFFLES, {"shuffle": lambda n, rng: (np.zeros(n), 0.5)}).message.startswith("Some entries")


def test_a_generator_passed_by_name_is_another_too(examine):
    seen = []

    def noted(n, rng):
        seen.append(rng.integers(2**32))
        return shuffle(n, rng)

    def named(rng):
        return [Case((4,), {"rng": Rng(4)})]

    check = dataclasses.replace(CHECK, cases=named, reseeded=(0,))
    assert examine(check, SHUFFLES, {"shuffle": noted}).share == 1
    assert seen[0] == seen[1] != seen[2]


def test_stubs_are_not_attempted(examine):
    assert examine(CHECK, SHUFFLES, {"shuffle": lambda n, rng: None}).verdict is Verdict.NOT_ATTEMPTED


def test_it_can_t_be_visible():
    with pytest.raises(RubricError, match="visible"):
        Property("shuffle", holds=is_permutation, points=1, cases=sizes, visible=True)
