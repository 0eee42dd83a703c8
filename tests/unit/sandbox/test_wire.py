"""What may travel, and what may not."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.sandbox import wire


def nested(depth: int) -> object:
    return [nested(depth - 1)] if depth else 1


class Number(int):
    pass


@pytest.mark.parametrize(
    ("thing", "says"),
    [
        (nested(wire.MAX_DEPTH + 1), "deep"),
        (2**64, "64 bits"),
        (-(2**63) - 1, "64 bits"),
        ({1: 2}, "keys that are not strings"),
        (Number(3), "a Number can't travel"),
        ({1, 2}, "a set can't travel"),
        (np.array([None]), "dtype object"),
        (np.array(["a"]), "can't travel"),
        (np.zeros((1,) * (wire.MAX_NDIM + 1)), "9 axes"),
    ],
)
def test_what_can_t_travel_is_refused(thing, says):
    with pytest.raises(wire.WireError, match=says):
        wire.encode(thing)


@pytest.mark.parametrize("thing", [nested(wire.MAX_DEPTH), 2**64 - 1, -(2**63), {"a": (1, [2.5])}, None, wire.Rng(3)])
def test_what_is_just_within_the_bounds_travels(thing):
    assert wire.decode(wire.encode(thing)) == thing


def test_the_order_of_bytes_is_the_machine_s_own_on_the_wire():
    swapped = np.arange(6.0).reshape(2, 3).T.astype(np.dtype(np.float64).newbyteorder())
    value = wire.encode(swapped)
    assert value.layout == "F"
    assert np.array_equal(wire.decode(value), swapped)


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (wire.Array("object", (), b"12345678"), "not a dtype"),
        (wire.Array("float64", (-1, -1), b"12345678"), "impossible shape"),
        (wire.Array("float64", (0, 2**40), b""), "impossible shape"),
        (wire.Array("float64", (1,) * 9, b"12345678"), "impossible shape"),
        (wire.Array("float64", (2,), b"12345678"), "whose data are 8 bytes"),
        (wire.Array("bool", (2,), b"\0\2"), "neither true nor false"),
        (wire.Array("float64", (1,), b"12345678", scalar=True), "a scalar with a shape"),
    ],
)
def test_an_array_that_is_none_is_refused(value, says):
    with pytest.raises(wire.WireError, match=says):
        wire.decode(value)


def test_values_nested_too_deep_are_refused_on_the_way_back_as_well():
    value: wire.Value = 1
    for _ in range(wire.MAX_DEPTH + 2):
        value = wire.Items("list", (value,))
    with pytest.raises(wire.WireError, match="deep"):
        wire.decode(value)


def test_an_empty_array_may_have_any_shape_that_a_full_one_may():
    assert wire.decode(wire.Array("float64", (0, 3), b"")).shape == (0, 3)
