"""How a wrong result is related to the right one: told where it holds everywhere, and not otherwise."""

import numpy as np
import pytest

from autograder.checks.parts import WARNED, Part, print_of
from autograder.checks.relations import missing_term, relation

RNG = np.random.default_rng(3)
DUE = (RNG.normal(size=(4, 3)), RNG.normal(size=(6, 5)))
SAMPLES = (4, 6)


def parts(wrong, label="dx"):
    return [Part(label, number, wrong(due), due) for number, due in enumerate(DUE)]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (lambda due: -due, "wrong sign"),
        (lambda due: len(due) * due, "too large by a factor of the number of samples"),
        (lambda due: due / len(due), "too small by a factor of the number of samples"),
        (lambda due: 2 * due, "twice as large"),
        (lambda due: due / 2, "half as large"),
        (lambda due: 1.7 * due, "one and the same factor"),
        (lambda due: due.T, "transposed"),
        (lambda due: due[::-1], "the last row comes first"),
        (lambda due: due[:, ::-1], "the last column comes first"),
        (lambda due: due.reshape(due.shape[::-1]), "along the wrong axis"),
        (lambda due: np.sort(due, axis=0), "another order"),
        (lambda due: np.concatenate([[due[0] + 9], due[:-1]]), "one step off"),
        (lambda due: due[1:], "one step off"),
    ],
)
def test_each_relation_is_told_by_its_sentence(wrong, says):
    sentence = relation(parts(wrong), SAMPLES)
    assert sentence is not None
    assert says in f"{sentence.message} {sentence.hint}"
    assert sentence.message.startswith("dx ")


def test_numbers_beyond_all_multiples_are_related_to_nothing_and_warn_nobody():
    assert relation(parts(lambda due: np.full(due.shape, 1e308)), SAMPLES) is None


def test_a_relation_that_fails_in_one_case_is_not_told():
    first, second = parts(lambda due: -due)
    assert relation([first, Part("dx", 1, DUE[1] ** 2, DUE[1])], SAMPLES) is None
    assert relation([first, second], SAMPLES) is not None


def test_what_is_related_to_nothing_is_told_nothing():
    assert relation(parts(lambda due: np.sin(due)), SAMPLES) is None
    assert relation(parts(lambda due: due.copy()), SAMPLES) is None


@pytest.mark.parametrize("came", [np.full((4, 3), np.nan), "failure:raised:ValueError", None])
def test_what_is_no_array_of_finite_numbers_is_related_to_nothing(came):
    _, second = parts(lambda due: -due)
    assert relation([Part("dx", 0, came, DUE[0]), second], SAMPLES) is None


def test_a_single_number_is_some_multiple_of_any_other_and_tells_nothing():
    assert relation([Part("loss", 0, 3.0, 2.0)], SAMPLES) is None


def test_zeros_are_a_multiple_of_nothing():
    assert relation([Part("dx", 0, np.zeros((4, 3)), DUE[0])], SAMPLES) is None
    assert relation([Part("dx", 0, DUE[0], np.zeros((4, 3)))], SAMPLES) is None


def test_two_results_in_each_other_s_place_are_told():
    one, other = DUE[0], RNG.normal(size=(4, 3))
    sentence = relation([Part("dx", 0, other, one), Part("dy", 0, one, other)], SAMPLES)
    assert sentence is not None
    assert "dx and dy" in sentence.message
    negative = relation([Part("dx", 0, -one, one), Part("dy", 0, -other, other)], SAMPLES)
    assert negative is not None
    assert negative != sentence


def test_texts_and_warnings_beside_the_numbers_are_passed_over():
    beside = [Part(WARNED, 0, "warns:overflow", "warns:"), Part("keys", 0, "keys:a", "keys:a,b")]
    assert relation([*beside, *parts(lambda due: -due)], SAMPLES) == relation(parts(lambda due: -due), SAMPLES)


TERMS = [{"the direct term": print_of(due**2), "the mean's term": print_of(np.cos(due))} for due in DUE]


def lacking(*terms):
    return [Part("dx", number, due - sum(term(due) for term in terms), due) for number, due in enumerate(DUE)]


def test_a_missing_term_is_named():
    sentence = missing_term(lacking(np.cos), TERMS)
    assert sentence is not None
    assert "the mean's term" in sentence.message
    other = missing_term(lacking(np.square), TERMS)
    assert other is not None
    assert "the direct term" in other.message


def test_a_term_is_named_only_where_it_is_what_lacks_in_all_cases():
    first, _ = lacking(np.cos)
    _, second = lacking(np.square)
    assert missing_term([first, second], TERMS) is None
    assert missing_term(lacking(np.tanh), TERMS) is None
    assert missing_term(lacking(), TERMS) is None


def test_no_term_is_named_where_more_than_one_part_is_wrong_or_one_is_no_number():
    first, second = lacking(np.cos)
    assert missing_term([first, Part("dy", 1, second.came, second.due)], TERMS) is None
    assert missing_term([first, Part("dx", 1, "failure:raised:ValueError", second.due)], TERMS) is None
