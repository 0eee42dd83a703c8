"""Results part by part, and the few numbers by which two of them are told apart."""

import json
import math
import tracemalloc

import numpy as np
import pytest
from unit.checks.examples import REFERENCE, extremes

from autograder.checks import Case, Distribution, Purity, Speed
from autograder.checks.parts import VALUE, parts, print_from_data, print_of, program, same
from autograder.sandbox.scripted import ScriptedSession
from autograder.sandbox.wire import Call, Opaque, Rng

DRAWS = Distribution(
    "draw", points=2, cases=lambda rng: [Case((150, 100, Rng(5)))], variance=lambda rows, columns: 1 / rows
)


def ran(check, functions=None, seed=0):
    """The parts that come back where these functions stand in the reference's place."""
    prepared = check.prepare(REFERENCE, np.random.default_rng(seed))
    replies = ScriptedSession({**REFERENCE, **(functions or {})}).run(*program(check, prepared)).replies
    return parts(check, prepared, replies)


def test_a_check_of_somebody_s_own_has_no_parts_though_it_has_steps():
    class Own(Speed):
        def steps(self, prepared):
            return (Call(function="log1pexp"),)

    check = Own("log1pexp", points=1, cases=extremes)
    assert program(check, check.prepare(REFERENCE, np.random.default_rng(0))) == ()


def test_a_check_of_time_has_no_program_of_values():
    check = Speed("log1pexp", points=1, cases=extremes)
    assert program(check, check.prepare(REFERENCE, np.random.default_rng(0))) == ()


# --- draws --------------------------------------------------------------------------------------


def drawn(function):
    (part,) = ran(DRAWS, {"draw": function})
    return print_of(part.came)


def gaussian(rows, columns, rng):
    return rng.normal(0, rows**-0.5, (rows, columns))


@pytest.mark.parametrize(
    "other",
    [
        lambda rows, columns, rng: rng.normal(0, rows**-0.5, (columns, rows)).T,
        lambda rows, columns, rng: rng.normal(0, 1, (rows, columns)) / math.sqrt(rows),
    ],
)
def test_draws_of_one_distribution_have_the_same_print(other):
    assert same(drawn(gaussian), drawn(other))


@pytest.mark.parametrize(
    "other",
    [
        lambda rows, columns, rng: 2 * gaussian(rows, columns, rng),
        lambda rows, columns, rng: rng.uniform(-((3 / rows) ** 0.5), (3 / rows) ** 0.5, (rows, columns)),
        lambda rows, columns, rng: np.tile(rng.normal(0, rows**-0.5, columns), (rows, 1)),
        lambda rows, columns, rng: gaussian(rows, columns, np.random.default_rng(0)),
        lambda rows, columns, rng: gaussian(rows, columns, np.random.default_rng()),
        lambda rows, columns, rng: np.zeros((rows, columns)),
    ],
)
def test_draws_of_another_distribution_have_another_print(other):
    assert not same(drawn(gaussian), drawn(other))


@pytest.mark.parametrize("came", [(), (None,), (1.0, 2.0), (np.ones((2, 3)), np.ones((2, 3))), ("draws:", 1, 2, 3, 4)])
def test_a_tuple_that_comes_where_an_array_is_due_is_a_form_of_its_own(came):
    assert print_of(came) == f"form:{len(came)} things"
    assert not same(print_of(came), print_of(np.ones((2, 3))))


def test_draws_that_are_all_one_number_are_told_as_such():
    assert drawn(lambda rows, columns, rng: np.full((rows, columns), 0.5)) == "constant"


@pytest.mark.parametrize(
    ("came", "says"),
    [
        (np.zeros((100, 150)), "shape:(100, 150)"),
        (np.full((150, 100), np.nan), "shape:(150, 100)"),
        (0.5, "form:float"),
        ((1.0, 2.0), "form:2 things"),
        (None, "form:NoneType"),
    ],
)
def test_what_is_no_draw_is_told_by_its_form(came, says):
    assert drawn(lambda rows, columns, rng: came) == says


def test_draws_and_values_are_never_the_same():
    value = print_of(np.ones((2, 2)))
    assert not same(drawn(gaussian), value)
    assert not same(value, drawn(gaussian))


# --- purity -------------------------------------------------------------------------------------


def noisy(x, rng):
    return x + rng.normal(size=x.shape)


def test_a_generator_among_the_arguments_is_no_part_of_what_must_stay_as_it_is():
    check = Purity(("noisy",), points=1, cases=lambda rng: [Case((rng.normal(size=(2, 3)), Rng(1)))])
    prepared = check.prepare({"noisy": noisy}, np.random.default_rng(0))
    replies = ScriptedSession({"noisy": noisy}).run(*program(check, prepared)).replies
    found = parts(check, prepared, replies)
    assert {part.label for part in found} == {VALUE, "x"}
    assert all(same(print_of(part.came), print_of(part.due)) for part in found)


# --- prints -------------------------------------------------------------------------------------


def test_a_print_is_the_same_up_to_rounding_and_leading_axes_of_one():
    array = np.random.default_rng(0).normal(size=(5, 3))
    assert same(print_of(array), print_of(array * (1 + 1e-15)))
    assert same(print_of(array), print_of(array[None]))
    assert same(print_of(3), print_of(np.array([[3.0]])))


@pytest.mark.parametrize(
    "other",
    [
        lambda array: array[::-1],
        lambda array: array.T,
        lambda array: array + np.eye(5, 3) * 1e-8,
        lambda array: -array,
        lambda array: np.where(array > 1, np.nan, array),
    ],
)
def test_another_value_has_another_print(other):
    array = np.random.default_rng(0).normal(size=(5, 3))
    assert not same(print_of(array), print_of(other(array)))


def test_where_numbers_are_not_finite_is_part_of_the_print():
    one, other = np.array([np.nan, 0.0, 1.0]), np.array([0.0, np.nan, 1.0])
    up, down = np.array([np.inf, 0.0]), np.array([-np.inf, 0.0])
    assert same(print_of(one), print_of(one.copy()))
    assert not same(print_of(one), print_of(other))
    assert not same(print_of(up), print_of(down))
    assert print_of(np.full(4, 1e308)) == "beyond all numbers"


@pytest.mark.parametrize(
    ("value", "print_"),
    [
        (None, "none"),
        ("failure:raised:ValueError", "failure:raised:ValueError"),
        (True, "form:bool"),
        (np.array([1 + 2j]), "form:an array of 1 axes"),
        ([1.0, 2.0], "form:2 things"),
        (Opaque("list_iterator"), "form:Opaque"),
    ],
)
def test_what_is_no_array_of_numbers_has_a_text_for_a_print(value, print_):
    assert print_of(value) == print_


@pytest.mark.parametrize("value", [None, "none", np.array([1.5, np.nan]), 2])
def test_prints_survive_json(value):
    print_ = None if value is None else print_of(value)
    assert print_from_data(json.loads(json.dumps(print_))) == print_


def test_prints_of_draws_survive_json():
    print_ = drawn(gaussian)
    assert print_from_data(json.loads(json.dumps(print_))) == print_


@pytest.mark.parametrize(
    "data", [3, [], [[2], 1.0, 2.0], [[2], "a", 1.0, 1.0, ""], ["draws:", 1.0, 1.0, 1.0, None], {}]
)
def test_what_is_no_print_is_refused(data):
    with pytest.raises(ValueError, match="not written as it should be"):
        print_from_data(data)


def test_a_student_s_large_arrays_are_told_by_their_form():
    assert print_of(np.zeros(2**20 + 1, np.int8)) == "form:an array of 1 axes"
    assert print_of(np.zeros(2**20))[0] == (2**20,)


def test_nothing_is_kept_for_arrays_of_sizes_that_a_student_chooses():
    tracemalloc.start()
    try:
        for size in range(200_000, 200_010):
            print_of(np.zeros(size))
        assert tracemalloc.get_traced_memory()[0] < 10**6
    finally:
        tracemalloc.stop()
