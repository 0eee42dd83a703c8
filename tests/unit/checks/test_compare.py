import numpy as np
import pytest

from autograder.checks.compare import difference, differences, is_close, is_nothing, misfits, uses_single
from autograder.checks.tolerance import NUMERICAL, ORDINARY, SAME, STRICT, Tolerance
from autograder.messages import CATALOGUE
from autograder.sandbox.wire import Opaque, Ref, Rng

VECTOR = np.array([1.0, -2.0, 3.0])
MATRIX = np.arange(6.0).reshape(2, 3) + 1


def kind(actual, expected, tolerance=ORDINARY, **options):
    found = difference(actual, expected, tolerance, **options)
    return None if found is None else found.kind


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        (VECTOR * (1 + 1e-11), VECTOR),
        (VECTOR[None], VECTOR),
        (MATRIX, MATRIX),
        (VECTOR.astype(np.float32), VECTOR),
        (2.5, np.float64(2.5)),
        (np.float64(2.5), 2.5),
        (np.array(2.5), 2.5),
        (np.array([[2.5]]), 2.5),
        (np.array([2.5]), np.float64(2.5)),
        (3, 3.0),
        (np.array([1.0, 2.0]), np.array([1, 2])),
        (np.array([True, False]), np.array([True, False])),
        ("relu", "relu"),
        (np.zeros(3), np.zeros(3)),
        (np.full(3, 1e-14), np.zeros(3)),
        (np.empty((0, 3)), np.empty((0, 3))),
        (None, None),
    ],
)
def test_the_kinder_reading_holds(actual, expected):
    assert kind(actual, expected) is None


@pytest.mark.parametrize(
    ("actual", "expected", "due"),
    [
        (None, VECTOR, "none"),
        (None, 1.0, "none"),
        (1.0, VECTOR, "scalar"),
        (np.float64(1), VECTOR, "scalar"),
        (np.array(1.0), VECTOR, "scalar"),
        ([1.0, -2.0, 3.0], VECTOR, "sequence"),
        ((1.0, -2.0, 3.0), VECTOR, "sequence"),
        ({"a": VECTOR}, VECTOR, "object"),
        (Opaque("Layer"), VECTOR, "object"),
        (Rng(1), VECTOR, "object"),
        ("text", VECTOR, "text"),
        (VECTOR, "text", "object"),
        (VECTOR, None, "object"),
        (MATRIX.T, MATRIX, "shape"),
        (MATRIX[None], MATRIX, "shape"),
        (VECTOR[:, None], VECTOR, "shape"),
        (VECTOR, 1.0, "shape"),
        (np.ones((1, 1, 1)), 1.0, "shape"),
        ([1.0], 1.0, "not-a-number"),
        (Opaque("Layer"), 1.0, "not-a-number"),
        (Ref(0), 1.0, "not-a-number"),
        (np.array([1, -2, 3]), VECTOR, "integers"),
        (VECTOR > 0, VECTOR, "booleans"),
        (True, 1.0, "booleans"),
        (VECTOR + 0j, VECTOR, "complex"),
        (np.complex128(1j), 1.0, "complex"),
        (VECTOR.astype(np.float16), VECTOR, "half"),
        (np.array([1.0, np.nan, np.inf]), VECTOR, "nan"),
        (np.array([1.0, -np.inf, 3.0]), VECTOR, "inf"),
        (float("nan"), 1.0, "nan"),
        (np.zeros(3), VECTOR, "zeros"),
        (0.0, 1.0, "values"),
        (VECTOR + np.array([0, 1e-5, 0]), VECTOR, "values"),
        (2**63, 1.0, "values"),
        ("tanh", "relu", "values"),
    ],
)
def test_each_departure_has_a_name_of_its_own_with_a_sentence(actual, expected, due):
    assert kind(actual, expected) == due
    assert due in CATALOGUE


@pytest.mark.parametrize("error", [1e-3, 1e-4, 4e-6, 1e-6])
@pytest.mark.parametrize("index", [(0, 0), (1, 2), (0, 1)])
def test_one_element_off_by_a_millionth_is_found(error, index):
    wrong = MATRIX.copy()
    wrong[index] *= 1 + error
    found = difference(wrong, MATRIX, ORDINARY)
    assert found is not None
    assert found.index == index
    assert (found.wrong, found.size) == (1, 6)
    assert found.relative_error == pytest.approx(error, rel=1e-6)


def test_small_elements_are_judged_by_the_largest_too():
    due = np.array([1e6, 1e-6])
    assert kind(due + np.array([0, 5e-5]), due) is None
    assert kind(due + np.array([0, 5e-4]), due) == "values"


def test_ties_don_t_hang_on_the_last_bit():
    factors = 2 * np.array([1.0, 1 + 2**-52, 1 + 2**-51])
    found = difference(np.array([5.0, 5.0, 5.0]) * factors, np.array([5.0, 5.0, 5.0]), ORDINARY)
    assert found is not None
    assert found.index == (0,)


def test_float32_is_judged_at_its_own_precision():
    due = np.linspace(1, 2, 7)
    assert kind((due * (1 + 1e-5)).astype(np.float32), due) is None
    assert kind((due * (1 + 1e-3)).astype(np.float32), due) == "values"
    assert kind(np.float32(1.00001), 1.0) is None


def test_where_float32_went_in_no_more_can_come_out():
    due = np.linspace(1, 2, 7)
    assert kind(due * (1 + 1e-5), due) == "values"
    assert kind(due * (1 + 1e-5), due, single=True) is None
    assert kind(due * (1 + 1e-3), due, single=True) == "values"


def test_a_strict_tolerance_is_not_widened_for_float32_and_says_so():
    due = np.linspace(1, 2, 7) / 3
    assert kind(due.astype(np.float32), due, STRICT) == "single"
    assert kind((due * 1.1).astype(np.float32), due, STRICT) == "values"
    assert kind(np.ones(3, dtype=np.float32), np.ones(3), STRICT) is None


def test_the_tolerance_is_what_it_says():
    tolerance = Tolerance(rtol=0.1, atol_scale=0.01, floor=1.0)
    np.testing.assert_allclose(tolerance.limits(np.array([10.0, -20.0])), [2.2, 3.2])
    assert tolerance.limits(np.empty(0)).shape == (0,)


def test_nested_results_are_compared_part_by_part():
    due = ({"W": MATRIX, "b": VECTOR}, VECTOR, 2.0)
    came = [{"b": VECTOR[None], "W": MATRIX + 1}, VECTOR * 2, np.float64(2)]
    found = differences(came, due, ORDINARY)
    assert [(each.path, each.kind) for each in found] == [((0, "W"), "values"), ((1,), "values")]


@pytest.mark.parametrize(
    ("actual", "expected", "due"),
    [
        (VECTOR, (VECTOR, VECTOR), "length"),
        ((VECTOR,), (VECTOR, VECTOR), "length"),
        ((VECTOR,) * 3, (VECTOR, VECTOR), "length"),
        (None, (VECTOR, VECTOR), "none"),
        (Opaque("zip"), (VECTOR, VECTOR), "length"),
        ([VECTOR], {"a": VECTOR}, "not-a-dict"),
        (None, {"a": VECTOR}, "none"),
        ({}, {"a": VECTOR}, "missing-keys"),
        ({"a": VECTOR, "b": VECTOR}, {"a": VECTOR}, "extra-keys"),
        ({"a": (VECTOR,)}, {"a": VECTOR}, "sequence"),
    ],
)
def test_a_container_of_another_form_is_one_difference(actual, expected, due):
    (found,) = differences(actual, expected, ORDINARY)
    assert found.kind == due
    assert due in CATALOGUE


def test_a_tuple_of_one_may_be_the_thing_itself():
    assert differences(VECTOR, (VECTOR,), ORDINARY) == []
    assert differences((VECTOR,), (VECTOR,), ORDINARY) == []


def test_the_form_alone_can_be_asked_for():
    template = ({"W": MATRIX}, VECTOR)
    assert misfits(({"W": MATRIX * 9}, VECTOR + 1), template) == []
    assert [each.kind for each in misfits(({"W": MATRIX.T}, VECTOR), template)] == ["shape"]


@pytest.mark.parametrize("value", [None, (None, None), [], {"a": None}, [(None,), None], Opaque("NotImplementedType")])
def test_nothing_is_recognized(value):
    assert is_nothing(value) == (value != [])


def test_something_is_not_nothing():
    assert not is_nothing((None, VECTOR))
    assert not is_nothing(0.0)
    assert not is_nothing({})


def test_single_precision_is_found_wherever_it_is():
    assert uses_single({"a": [VECTOR, np.float32(1)]})
    assert not uses_single({"a": [VECTOR, 1.0, None, "x"]})


@pytest.mark.parametrize("tolerance", [ORDINARY, STRICT, SAME, NUMERICAL])
@pytest.mark.parametrize("size", [1, 30, 5000])
def test_where_0_is_due_the_floor_decides_however_many_elements_are_off(tolerance, size):
    due = np.zeros((size, 2))
    assert is_close(np.full(due.shape, 0.999 * tolerance.floor), due, tolerance)
    one_off = due.copy()
    one_off[-1, -1] = -1.001 * tolerance.floor
    assert not is_close(one_off, due, tolerance)
    one_off[-1, -1] = np.nan
    assert not is_close(one_off, due, tolerance)
