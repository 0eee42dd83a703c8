"""Known wrong variants, run or recorded."""

import numpy as np
import pytest
from unit.checks.examples import layer_forward, layers

from autograder.checks.variants import Running, recorded, value_of
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
    (record,) = recorded([running(NO_BIAS), running(RAISES)], cases, paths, [1.0] * len(cases))
    assert (record.name, record.sentence) == (NO_BIAS.name, NO_BIAS.sentence)
    for number, case in enumerate(cases):
        x, W, b = case.args
        assert np.array_equal(value_of(record, number, case), np.tanh(x @ W))
        assert np.allclose(record.gradients[number]["b"], np.zeros(len(b)), atol=1e-9)
