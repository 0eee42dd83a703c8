import json

import msgspec
import numpy as np
import pytest

from autograder.checks import Case, Gradient, LossGradient, Matches, Prepared, Property, Speed, Tolerance
from autograder.checks.portable import (
    _variant_from_data,
    _variant_to_data,
    check_from_data,
    check_to_data,
    value_from_data,
    value_to_data,
)
from autograder.checks.variants import Recorded
from autograder.errors import RubricError
from autograder.sandbox import wire

BROKEN = (ValueError, TypeError, KeyError, AttributeError, OverflowError, msgspec.ValidationError)


def there_and_back(value):
    return value_from_data(json.loads(json.dumps(value_to_data(value), allow_nan=False)))


@pytest.mark.parametrize(
    "value",
    [
        None, True, 3, -(2**40), 0.1, 2.0, "text", "", [1, [2.5]], (1, (2.0, "a")), (), [], {"W1": (1,), "array": 2},
        {},
        wire.Rng(2**32 - 1),
    ],
)  # fmt: skip
def test_plain_values_survive_with_their_types(value):
    back = there_and_back(value)
    assert back == value
    assert type(back) is type(value)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf")])
def test_floats_that_json_lacks_survive(number):
    assert repr(there_and_back(number)) == repr(number)


@pytest.mark.parametrize("dtype", sorted(wire.DTYPES - {"complex128", "complex64"}))
@pytest.mark.parametrize("shape", [(), (3,), (2, 3), (2, 0, 4)])
def test_arrays_survive_to_the_bit(dtype, shape):
    array = np.asarray(np.random.default_rng(1).uniform(0, 100, size=shape) / 7, dtype=dtype)
    back = there_and_back(array)
    assert (back.dtype, back.shape, type(back)) == (array.dtype, array.shape, np.ndarray)
    assert back.tobytes() == array.tobytes()


@pytest.mark.parametrize("scalar", [np.float64(1 / 3), np.float32(0.1), np.int64(7), np.bool_(True)])
def test_numpy_scalars_survive(scalar):
    back = there_and_back(scalar)
    assert type(back) is type(scalar)
    assert back == scalar


def test_what_is_not_finite_in_an_array_survives():
    array = np.array([[1 / 3, np.inf], [-np.inf, np.nan]])
    assert np.array_equal(there_and_back(array), array, equal_nan=True)


def test_the_layout_in_memory_survives():
    plain = np.arange(6.0).reshape(2, 3)
    for array in (plain, np.asfortranarray(plain), np.repeat(plain, 2, axis=1)[:, ::2]):
        back = there_and_back(array)
        assert np.array_equal(back, array)
        assert wire.encode(back) == wire.encode(array)


@pytest.mark.parametrize("value", [object(), {1: 2}, np.array([1j]), np.array(["a"]), b"bytes", wire.Ref(0)])
def test_what_is_no_data_is_refused(value):
    with pytest.raises(RubricError, match="can't be given to students"):
        value_to_data(value)


@pytest.mark.parametrize(
    "data",
    [
        {"array": [[1.0], [2.0, 3.0]], "dtype": "float64"},
        {"array": [1.0], "dtype": "object"},
        {"array": [1.0], "dtype": "float64", "shape": [2]},
        {"array": [300], "dtype": "uint8"},
        {"array": ["x"], "dtype": "float64"},
        {"array": {"a": 1}, "dtype": "float64"},
        {"scalar": "x", "dtype": "float64"},
        {"float": "1e5"},
        {"rng": "seed"},
        {"what": 1},
        {},
    ],
)
def test_data_that_are_no_value_are_refused(data):
    with pytest.raises(BROKEN):
        value_from_data(data)


def halved(x):
    return x / 2, None


def one_case(rng):
    return [Case((rng.normal(size=3),), {}, "a note")]


MATCHES = Matches("halved", points=1.5, name="values", title="Half.", visible=True, cases=one_case, pick=0)


def prepared(check=MATCHES):
    return check.prepare({"halved": halved}, np.random.default_rng(0))


def test_a_check_survives_with_its_cases():
    data = json.loads(json.dumps(check_to_data(MATCHES, prepared())))
    check, back = check_from_data(data)
    assert isinstance(check, Matches)
    names = ("points", "name", "title", "visible", "function", "pick", "returns", "tolerance", "partial")
    assert [getattr(check, name) for name in names] == [getattr(MATCHES, name) for name in names]
    assert back.cases[0].note == "a note"
    assert np.array_equal(back.cases[0].args[0], prepared().cases[0].args[0])
    assert np.array_equal(back.expected[0]["value"], prepared().expected[0]["value"])


def test_fields_that_are_as_by_default_are_not_written():
    assert check_to_data(MATCHES, prepared()).keys() == {
        "kind", "points", "name", "title", "function", "pick", "cases", "expected"
    }  # fmt: skip


def test_a_tolerance_survives():
    loose = Matches("halved", points=1, visible=True, cases=one_case, tolerance=Tolerance(rtol=0.5, strict=True))
    check, _ = check_from_data(json.loads(json.dumps(check_to_data(loose, prepared()))))
    assert check.tolerance == loose.tolerance


def test_a_check_that_came_with_its_cases_draws_no_others():
    check, _ = check_from_data(check_to_data(MATCHES, prepared()))
    with pytest.raises(RubricError, match="came with its cases"):
        check.prepare({"halved": halved}, np.random.default_rng(0))


@pytest.mark.parametrize(
    "check",
    [
        Matches("halved", points=1, cases=one_case),
        Speed("halved", points=1, cases=one_case),
        Property("halved", points=1, cases=one_case, holds=lambda case, value: None),
    ],
)
def test_a_hidden_check_is_refused(check):
    with pytest.raises(RubricError, match="can't be given to students"):
        check_to_data(check, Prepared(()))


def test_a_field_that_is_no_data_is_refused():
    odd = Matches("halved", points=1, visible=True, cases=one_case, returns=(object(),))
    with pytest.raises(RubricError, match="its returns is no data"):
        check_to_data(odd, prepared())


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "Speed"},
        {"kind": None},
        {"points": "many"},
        {"unheard_of": 1},
        {"cases": None},
        {"cases": [{}]},
        {"cases": [1]},
        {"visible": False},
        {"function": 3},
    ],
)
def test_data_that_are_no_check_are_refused(change):
    with pytest.raises(BROKEN):
        check_from_data({**check_to_data(MATCHES, prepared()), **change})


class Wrong:
    """A variant whose value in every case is ``factor`` times what is due."""

    def __init__(self, factor, name="scaled"):
        self.factor, self.name, self.sentence = factor, name, f"It is {factor} times as large."

    def function(self, x, *rest):
        if self.factor is None:
            raise ValueError
        return self.factor * np.sum(np.square(x)), None


def square_forward(x):
    return np.sum(np.square(x)), x


def square_backward(dout, cache):
    return 2 * dout * cache


def square_loss(x):
    return np.sum(np.square(x)), 2 * x


REFERENCE = {"square_forward": square_forward, "square_backward": square_backward, "square_loss": square_loss}
VARIANTS = (Wrong(3.0), Wrong(None, "raises"), Wrong(np.nan, "nan"))
LAYER = Gradient("square", points=1, visible=True, cases=one_case, variants=VARIANTS)
LOSS = LossGradient("square_loss", wrt="x", points=1, visible=True, cases=one_case, variants=VARIANTS)


@pytest.mark.parametrize("check", [LAYER, LOSS], ids=["layer", "loss"])
def test_variants_travel_as_what_they_return(check, examine):
    def tripled(function):
        return lambda x: tuple(3 * np.asarray(part) for part in function(x))

    students = {
        "square_forward": lambda x: (3 * square_forward(x)[0], x),
        "square_backward": lambda dout, cache: 3 * square_backward(dout, cache),
        "square_loss": tripled(square_loss),
    }
    given = check.prepare(REFERENCE, np.random.default_rng(0))
    travelled, back = check_from_data(json.loads(json.dumps(check_to_data(check, given))))
    assert [variant.name for variant in travelled.variants] == ["scaled"]

    from autograder.sandbox.scripted import ScriptedSession

    finding = travelled.examine(ScriptedSession(students), back)
    assert finding == check.examine(ScriptedSession(students), given)
    assert finding.share == 1
    assert "3.0 times" in finding.message


def scaled(x, factor=1.0):
    return factor * x


def test_arguments_by_name_survive():
    check = Matches("scaled", points=1, visible=True, cases=lambda rng: [Case((np.ones(2),), {"factor": 0.5})])
    asked = check.prepare({"scaled": scaled}, np.random.default_rng(0))
    _, back = check_from_data(json.loads(json.dumps(check_to_data(check, asked))))
    assert back.cases[0].kwargs == {"factor": 0.5}


def test_what_a_variant_returns_survives_with_the_digits_that_a_comparison_needs():
    values = {"whole": 3, "third": np.array([1.0, 2.0]) / 3}
    recorded = Recorded("a-third", "It is divided by three.", (values, 1 / 3), ({"x": np.array([1 / 3])}, {"x": 2}))
    data = json.loads(json.dumps(_variant_to_data(recorded)))
    back = _variant_from_data(data)
    assert back.values[0]["whole"] == 3
    assert back.values[0]["third"] == pytest.approx(values["third"], rel=1e-11)
    assert back.values[1] == 0.333333333333
    assert back.gradients[0]["x"] == 0.3333333333
    assert back.gradients[1] == {"x": 2}
    assert back.formulas == ()


def test_the_right_formula_on_a_variant_s_cache_survives_too():
    recorded = Recorded("a-third", "Thirds.", (1.0,), ({"x": 1.0},), ({"x": np.array([1 / 3])},))
    back = _variant_from_data(json.loads(json.dumps(_variant_to_data(recorded))))
    assert back.formulas[0]["x"] == 0.333333333333
