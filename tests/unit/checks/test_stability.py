import warnings

import numpy as np
import pytest
from unit.checks.examples import REFERENCE, extremes, layer_backward, layer_forward, log1pexp

from autograder.checks import Stability
from autograder.checks.base import Case
from autograder.checks.tolerance import ORDINARY
from autograder.errors import RubricError
from autograder.results import Verdict

CHECK = Stability("log1pexp", points=1, cases=extremes)


def far_layers(rng):
    return [Case((1e3 * rng.normal(size=(3, 4)), rng.normal(size=(4, 2)), rng.normal(size=2)), note="x of a thousand")]


LAYER = Stability(layer="layer", points=1, cases=far_layers)


@pytest.mark.parametrize(
    "right", [log1pexp, lambda x: np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x))), lambda x: np.logaddexp(x, 0.0)]
)
def test_stable_formulas_pass_though_they_underflow(examine, right):
    for seed in range(10):
        assert examine(CHECK, REFERENCE, {"log1pexp": right}, seed).verdict is Verdict.PASSED


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda x: np.log(1 + np.exp(x)), "infinite values where the true ones are finite"),
        (lambda x: np.log(np.exp(x) + 1) - np.log(np.exp(x)) + x, "an intermediate result overflows"),
        (lambda x: np.log1p(np.exp(np.clip(x, -500, 500))), "finite at this extreme, but wrong"),
        (lambda x: np.zeros_like(x), "finite at this extreme, but wrong"),
        (lambda x: log1pexp(x) * (1 + 1e-6), "too many digits are lost"),
        (lambda x: log1pexp(x.astype(np.float32)), "only as precise as float32"),
        (lambda x: log1pexp(x)[:2], "wrong shape"),
    ],
)
def test_the_kind_of_instability_is_told(examine, wrong, words):
    finding = examine(CHECK, REFERENCE, {"log1pexp": wrong})
    assert (finding.verdict, finding.share) == (Verdict.FAILED, 0)
    assert finding.message.startswith("log1pexp: the result ")
    assert words in finding.message
    assert finding.message.endswith("It shows in this case: far to the right.")


def loud(x):
    with np.errstate(all="warn"):
        return np.where(x > 30, x, np.log1p(np.exp(x)))


def test_a_warning_costs_the_mark_where_silence_is_asked_for(examine):
    finding = examine(CHECK, REFERENCE, {"log1pexp": loud})
    assert finding.share == 0
    assert "with a warning (overflow)" in finding.message
    relaxed = Stability("log1pexp", silent=False, points=1, cases=extremes)
    assert examine(relaxed, REFERENCE, {"log1pexp": loud}).share == 1


@pytest.mark.parametrize("category", [DeprecationWarning, UserWarning, RuntimeWarning])
def test_other_warnings_are_no_error(examine, category):
    def chatty(x):
        warnings.warn("look here", category, stacklevel=1)
        return log1pexp(x)

    assert examine(CHECK, REFERENCE, {"log1pexp": chatty}).share == 1


def test_a_backward_is_called_at_the_extreme_too(examine):
    assert LAYER.functions == ("layer_forward", "layer_backward")
    assert examine(LAYER, REFERENCE).share == 1

    def unstable(dout, cache):
        x, W, _ = cache
        d = dout / np.cosh(x @ W) ** 2 * np.exp(x @ W * 0)
        return d @ W.T * np.inf, x.T @ d, d.sum(axis=0)

    finding = examine(LAYER, REFERENCE, {"layer_backward": unstable})
    assert finding.share == 0
    assert finding.message.startswith("layer_backward: dx")


def test_a_forward_and_a_backward_can_be_named(examine):
    check = Stability("layer_forward", backward="layer_backward", points=1, cases=far_layers)
    assert check.functions == ("layer_forward", "layer_backward")
    assert examine(check, REFERENCE, {"layer_backward": lambda dout, cache: dout}).share == 0
    assert examine(check, REFERENCE, {"layer_backward": lambda dout, cache: layer_backward(dout, cache)}).share == 1


def test_only_the_picked_part_is_compared(examine):
    check = Stability("layer_forward", pick=0, points=1, cases=far_layers)
    assert examine(check, REFERENCE, {"layer_forward": lambda x, W, b: (layer_forward(x, W, b)[0], 0)}).share == 1


def test_the_parts_of_a_result_can_be_named(examine):
    reference = {"both": lambda x: (log1pexp(x), x)}
    check = Stability("both", returns=("loss", "gradient"), points=1, cases=extremes)
    finding = examine(check, reference, {"both": lambda x: (log1pexp(x), 2 * x)})
    assert finding.message.startswith("both: gradient is finite")


def test_stubs_are_not_attempted(examine):
    assert examine(CHECK, REFERENCE, {"log1pexp": lambda x: None}).verdict is Verdict.NOT_ATTEMPTED


def test_a_thousandth_in_one_element_is_rejected(examine):
    def off(x):
        out = log1pexp(x)
        out[2] *= 1.001
        return out

    assert examine(CHECK, REFERENCE, {"log1pexp": off}).share == 0


def test_it_is_of_a_function_or_of_a_layer():
    for wrong in ({}, {"function": "a", "layer": "b"}):
        with pytest.raises(RubricError):
            Stability(**wrong, points=1, cases=extremes)


def test_where_float32_goes_in_nothing_is_said_of_what_comes_out(examine):
    def single(rng):
        return [Case((100 * rng.normal(size=(3, 4)).astype(np.float32),))]

    check = Stability("log1pexp", points=1, cases=single, tolerance=ORDINARY)
    finding = examine(check, REFERENCE, {"log1pexp": lambda x: np.logaddexp(x, np.float32(0))})
    assert (finding.verdict, finding.message) == (Verdict.PASSED, "")
