"""Whatever a worker writes, reading it raises ``WireError`` or gives plain values, and takes little memory."""

from __future__ import annotations

import contextlib
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from autograder.sandbox import replies, wire
from autograder.text import plain

TAGS = ["hello", "loading", "loaded", "ran", "array", "items", "map", "rng", "ref", "opaque"]
FIELDS = ["type", "id", "outcomes", "value", "failure", "warnings", "echo", "dtype", "shape", "data", "layout"]
FIELDS += ["scalar", "kind", "items", "functions", "problems", "module", "locks", "class_name", "text"]

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**63), 2**64 - 1),
    st.floats(),
    st.binary(max_size=40),
    st.text(max_size=20),
    st.sampled_from(TAGS + FIELDS + sorted(wire.DTYPES)),
)
trees = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.sampled_from(FIELDS), inner, max_size=6),
        st.fixed_dictionaries({"type": st.sampled_from(TAGS)}, optional=dict.fromkeys(FIELDS[1:], inner)),
    ),
    max_leaves=30,
)
dtypes = st.one_of(
    st.sampled_from(sorted(wire.DTYPES)), st.sampled_from(["object", "O", "S5", "V8", "f8,i8", ">f8", ""])
)
arrays = st.builds(
    wire.Array,
    dtype=dtypes,
    shape=st.lists(st.integers(-2, 2**64 - 1), max_size=10).map(tuple)
    | st.lists(st.integers(0, 4), max_size=4).map(tuple),
    data=st.binary(max_size=64),
    layout=st.sampled_from(["C", "F", "strided"]),
    scalar=st.booleans(),
)
values = st.recursive(
    st.one_of(
        scalars.filter(lambda thing: type(thing) is not bytes), arrays, st.just(wire.Rng(1)), st.just(wire.Ref(0))
    ),
    lambda inner: st.one_of(
        st.builds(wire.Items, st.sampled_from(["tuple", "list"]), st.lists(inner, max_size=3).map(tuple)),
        st.builds(wire.Map, st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    ),
    max_leaves=20,
)


drawn = settings(max_examples=40)  # such a tree takes longer to draw than to read


def taken_apart(body: bytes) -> None:
    """All that the trusted side does with a frame's body."""
    reply = replies.read(body)
    if isinstance(reply, wire.Ran):
        for outcome in reply.outcomes:
            assert is_plain(replies.reply(outcome).value)
    else:
        replies.tidy(reply)


def is_plain(value: Any) -> bool:
    if isinstance(value, (tuple, list)):
        return all(map(is_plain, value))
    if isinstance(value, dict):
        return all(map(is_plain, value.values()))
    if isinstance(value, (np.ndarray, np.generic)):
        return value.dtype.name in wire.DTYPES
    return value is None or isinstance(value, (bool, int, float, str, wire.Opaque))


def survives(body: bytes) -> None:
    with contextlib.suppress(wire.WireError):
        taken_apart(body)


@given(st.binary(max_size=200))
@example(b"\x91" * 10**5)
@example(b"\xdf\xff\xff\xff\xff")
@example(b"\xc6\xff\xff\xff\xff")
def test_any_bytes(body):
    survives(body)


@drawn
@given(trees)
def test_any_tree(tree):
    survives(msgspec.msgpack.encode(tree))


@drawn
@given(st.lists(values, max_size=3), st.integers(0, 2**63 - 1))
def test_any_values_in_the_right_place(found, number):
    survives(msgspec.msgpack.encode(wire.Ran(number, tuple(wire.Outcome(value, echo=(value,)) for value in found))))


@given(st.data())
def test_any_damage_to_a_right_answer(data):
    outcome = wire.Outcome(wire.encode((np.arange(6.0).reshape(2, 3), {"W1": [1, "two", None]}, np.float32(3))))
    body = bytearray(msgspec.msgpack.encode(wire.Ran(7, (outcome, outcome))))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(body) - 1))
        body[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    survives(bytes(body))


@given(st.binary(max_size=300))
def test_the_walk_over_values_ends(body):
    positions = list(replies._values(body))
    assert positions == sorted(set(positions))
    assert len(positions) <= len(body)


@drawn
@given(trees)
def test_the_walk_over_values_finds_each_of_them(tree):
    def count(thing):
        if isinstance(thing, list):
            return 1 + sum(map(count, thing))
        if isinstance(thing, dict):
            return 1 + sum(1 + count(part) for part in thing.values())
        return 1

    assert len(list(replies._values(msgspec.msgpack.encode(tree)))) == count(tree)


NESTED = 200

BOMBS = {
    "numbers": b"\x00" * 20_000,
    "short texts": b"\xa1x" * 20_000,
    "empty lists": b"\x90" * 20_000,
    "pairs": b"\x81\xa1x\xc0" * 20_000,
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_values_are_counted_before_anything_is_built(bomb, monkeypatch):
    assert replies.MAX_VALUES <= 2**19
    monkeypatch.setattr(replies, "MAX_VALUES", 10_000)  # more would take longer, and tell nothing more
    with pytest.raises(wire.WireError, match="too many values"):
        replies.read(b"\xdd" + (20_000).to_bytes(4, "big") + BOMBS[bomb])


def test_a_large_array_is_no_bomb():
    value = np.random.default_rng(0).normal(size=(1000, 1000))
    body = msgspec.msgpack.encode(wire.Ran(1, (wire.Outcome(wire.encode(value)),)))
    (outcome,) = replies.read(body).outcomes
    np.testing.assert_array_equal(replies.reply(outcome).value, value)


@pytest.mark.parametrize("depth", [wire.MAX_DEPTH + 1, NESTED])
def test_values_nested_too_deep_are_refused(depth):
    value = 1
    for _ in range(depth):
        value = wire.Items("list", (value,))
    with pytest.raises(wire.WireError):
        taken_apart(msgspec.msgpack.encode(wire.Ran(1, (wire.Outcome(value),))))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain σ text", "plain σ text"),
        ("two\nlines\tand", "two lines and"),
        ("\x1b[31mred\r\x07", "\\x1b[31mred\\r\\x07"),
        ("\u202eleft", "\\u202eleft"),
        ("x" * 501, "x" * 499 + "…"),
        ("\x1b" * 600, "\\x1b" * 124 + "\\x1…"),
    ],
)
def test_text_is_made_safe_to_show(text, shown):
    assert plain(text, replies.MAX_TEXT) == shown
    assert len(shown) <= replies.MAX_TEXT
