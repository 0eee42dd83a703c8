"""What a program's steps do in the worker itself; what they yield is tested for every kind of sandbox elsewhere."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.sandbox import wire
from autograder.sandbox.inside import results, steps
from autograder.sandbox.wire import Call, encode


def outcome(function, *args, **options):
    call = Call(function="f", args=tuple(map(encode, args)), **options)
    (found,) = steps.run(wire.Program(1, (call,)), {"f": function}).outcomes
    return found


@pytest.mark.parametrize("kind", [tuple, list])
def test_each_call_gets_a_sequence_of_its_own_with_arrays_of_its_own(kind):
    def spoil(pair):
        assert type(pair) is kind
        first, (second, text) = pair
        first += 1
        second *= 0
        return float(first.sum() + second.sum()), text

    pair = kind([np.ones(3), (np.ones(2), "a")])
    calls = tuple(Call(function="f", args=(encode(pair),)) for _ in range(2))
    found = steps.run(wire.Program(1, calls), {"f": spoil}).outcomes
    assert [wire.decode(each.value) for each in found] == [(6.0, "a")] * 2


def test_a_number_of_a_class_of_one_s_own_is_that_number():
    class Loss(float):
        pass

    assert outcome(lambda: Loss(2.5)).value == 2.5
    assert type(outcome(lambda: Loss(2.5)).value) is float


def test_arguments_that_do_not_fit_into_the_answer_any_more_are_a_failure(monkeypatch):
    monkeypatch.setattr(results, "SLACK", wire.MAX_FRAME - 1700)
    array = np.zeros(100)
    fits = outcome(lambda x: x[0], array, echo=True)
    assert fits.failure is None
    assert len(fits.echo) == 2
    both = outcome(lambda x: x + 1, array, echo=True)
    assert (both.value, both.failure) == (None, wire.Failure("too_large"))


def test_where_no_memory_is_left_to_say_so_that_is_what_is_said(monkeypatch):
    def full(*_):
        raise MemoryError

    monkeypatch.setattr(steps, "said", full)

    def hog():
        raise MemoryError

    assert outcome(hog).failure == steps.NO_MEMORY


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, GeneratorExit, RuntimeError])
def test_whatever_a_step_raises_the_next_one_runs(error):
    def bad():
        raise error

    calls = (Call(function="bad"), Call(function="good"))
    first, second = steps.run(wire.Program(1, calls), {"bad": bad, "good": lambda: 1}).outcomes
    assert (first.failure.kind, first.failure.type) == ("raised", error.__name__)
    assert second.value == 1
