"""Known wrong variants, run or recorded."""

import dataclasses

import numpy as np
import pytest
from unit.checks.examples import layer_backward, layer_forward, layers

from autograder.checks.variants import Running, formula_of, recorded, value_of
from autograder.misconceptions import Misconception, Overlays

NO_BIAS = Misconception(
    "no-bias",
    "The bias is missing.",
    ("layer_forward",),
    "def layer_forward(x, W, b):\n    out = np.tanh(x @ W)\n    return out, (x, W, out)\n",
    ("layer/gradient",),
)
RAISES = Misconception(
    "raises",
    "It raises.",
    ("layer_forward",),
    "def layer_forward(x, W, b):\n    raise ValueError\n",
    ("layer/gradient",),
)


@pytest.fixture
def cases():
    return layers(np.random.default_rng(0))


def running(misconception):
    return Running(misconception, "layer_forward", Overlays({"layer_forward": layer_forward}))


def test_a_running_variant_is_its_misconception(cases):
    variant = running(NO_BIAS)
    assert (variant.name, variant.sentence) == (NO_BIAS.name, NO_BIAS.sentence)
    x, W, _ = cases[0].args
    assert np.array_equal(value_of(variant, 0, cases[0]), np.tanh(x @ W))


def test_recorded_it_says_the_same_and_one_without_values_is_left_out(cases):
    paths = [{"b": (2,)} for _ in cases]
    (record,) = recorded([running(NO_BIAS), running(RAISES)], cases, paths, [1.0] * len(cases), [()] * len(cases))
    assert (record.name, record.sentence) == (NO_BIAS.name, NO_BIAS.sentence)
    for number, case in enumerate(cases):
        x, W, b = case.args
        assert np.array_equal(value_of(record, number, case), np.tanh(x @ W))
        assert np.allclose(record.gradients[number]["b"], np.zeros(len(b)), atol=1e-9)


# --- the right formula, on a wrong forward's cache -------------------------------------------------

NAMES = ("x", "W", "b")
REFERENCE = {"layer_forward": layer_forward, "layer_backward": layer_backward}


def formula(variant, case, judged=NAMES, returns=NAMES):
    due = {name: case.args[NAMES.index(name)] for name in judged}
    return formula_of(variant, 0, case, np.ones((len(case.args[0]), len(case.args[2]))), returns, due)


def with_backward(misconception):
    return Running(misconception, "layer_forward", Overlays(REFERENCE), "layer_backward")


def cached(cache):
    return dataclasses.replace(NO_BIAS, source=f"def layer_forward(x, W, b):\n    return np.tanh(x @ W), {cache}\n")


def test_the_formula_is_the_reference_s_backward_on_the_variant_s_cache(cases):
    x, W, _ = cases[0].args
    d = 1 - np.tanh(x @ W) ** 2
    found = formula(with_backward(NO_BIAS), cases[0])
    assert found.keys() == set(NAMES)
    assert np.allclose(found["x"], d @ W.T)
    assert np.allclose(found["b"], d.sum(axis=0))
    (only,) = formula(with_backward(NO_BIAS), cases[0], judged=("W",)).items()
    assert only[0] == "W"
    assert np.array_equal(only[1], found["W"])


def test_without_a_backward_or_with_a_cache_that_it_can_t_take_there_is_none(cases):
    assert formula(running(NO_BIAS), cases[0]) is None
    assert formula(with_backward(RAISES), cases[0]) is None
    for cache in ("None", "(x, W, np.tanh(x @ W) * np.nan)", "(x[:1], W, np.tanh(x @ W)[:1])"):
        assert formula(with_backward(cached(cache)), cases[0]) is None
    assert formula(with_backward(NO_BIAS), cases[0], returns=("x", "W")) is None


def test_the_formula_is_recorded_where_every_case_has_one_that_is_not_the_derivative(cases):
    paths = [{"x": (0,), "b": (2,)} for _ in cases]
    weights = [np.ones((len(case.args[0]), len(case.args[2]))) for case in cases]
    variants = [with_backward(NO_BIAS), running(NO_BIAS), with_backward(cached("(x, W, x @ W) if len(x) == 5 else 0"))]
    first, *others = recorded(variants, cases, paths, weights, [NAMES] * len(cases))
    assert [len(record.formulas) for record in (first, *others)] == [len(cases), 0, 0]
    for i, case in enumerate(cases):
        due = {"b": case.args[2]}
        its = formula_of(first, i, case, weights[i], NAMES, due)
        assert np.array_equal(its["b"], formula(variants[0], case)["b"])
    assert formula_of(others[0], 0, cases[0], weights[0], NAMES, {}) is None
    (same,) = recorded(variants[:1], cases, [{"x": (0,)} for _ in cases], weights, [NAMES] * len(cases))
    assert same.formulas == ()
