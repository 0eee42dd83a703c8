import dataclasses

import numpy as np
import pytest
from unit.checks.examples import (
    REFERENCE,
    draw,
    energy,
    layer_backward,
    layer_forward,
    layers,
    log1pexp,
    parameters,
    samples,
    sizes,
)

from autograder.checks import Purity
from autograder.checks.base import Case
from autograder.errors import RubricError
from autograder.results import Verdict
from autograder.sandbox.wire import Rng

PAIR = Purity(("layer_forward", "layer_backward"), points=1, cases=layers)
ALONE = Purity(("log1pexp",), points=1, cases=samples)
OF_A_DICT = Purity(("energy",), points=1, cases=parameters)


def test_the_reference_passes(examine):
    for check in (PAIR, ALONE, OF_A_DICT, Purity(("draw",), points=1, cases=sizes)):
        assert examine(check, REFERENCE).verdict is Verdict.PASSED


def changing(index):
    def forward(x, W, b):
        result = layer_forward(x.copy(), W.copy(), b.copy())
        (x, W, b)[index][0] += 1
        return result

    return forward


def backward_changing_dout(dout, cache):
    gradients = layer_backward(dout, cache)
    dout *= 2
    return gradients


def backward_changing_out(dout, cache):
    gradients = layer_backward(dout, cache)
    cache[2][:] = 0
    return gradients


def backward_changing_x(dout, cache):
    gradients = layer_backward(dout, cache)
    cache[0][0, 0] = 0
    return gradients


class Accumulating:
    total = 0.0

    def __call__(self, dout, cache):
        dx, dW, db = layer_backward(dout, cache)
        if dW.shape == (4, 3):
            self.total = self.total + dW
            dW = self.total
        return dx, dW, db


@pytest.mark.parametrize(
    ("functions", "message"),
    [
        ({"layer_forward": changing(0)}, "layer_forward changes x, "),
        ({"layer_forward": changing(1)}, "layer_forward changes W, "),
        ({"layer_backward": backward_changing_dout}, "layer_backward changes dout, "),
        ({"layer_backward": backward_changing_out}, "layer_backward changes what layer_forward had returned."),
        ({"layer_backward": backward_changing_x}, "layer_backward changes x, "),
    ],
)
def test_what_is_changed_and_by_whom_is_told(examine, functions, message):
    finding = examine(PAIR, REFERENCE, functions)
    assert (finding.verdict, finding.share) == (Verdict.FAILED, 0)
    assert finding.message.startswith(message)


def centering_forward(x, W, b):
    """Right, and x is not what it was."""
    out = np.tanh(x @ W + b)
    x -= 1
    return out, (x + 1, W, out)


def test_what_a_forward_changes_itself_is_left_to_a_check_of_its_own(examine):
    backward_alone = dataclasses.replace(PAIR, forward_elsewhere=True)
    careless = {"layer_forward": centering_forward}
    assert examine(PAIR, REFERENCE, careless).message.startswith("layer_forward changes x, ")
    assert examine(backward_alone, REFERENCE, careless).verdict is Verdict.PASSED

    def forward(x, W, b):
        out, (_, _, kept) = centering_forward(x, W, b)
        return out, (x, W, kept)

    def backward(dout, cache):
        x, W, out = cache
        x += 1
        return layer_backward(dout, (x, W, out))

    finding = examine(backward_alone, REFERENCE, {"layer_forward": forward, "layer_backward": backward})
    assert finding.message.startswith("layer_backward changes x, ")


def test_only_a_pair_has_a_forward_that_is_looked_at_elsewhere():
    with pytest.raises(RubricError, match="has no forward"):
        Purity(("log1pexp",), points=1, cases=layers, forward_elsewhere=True)


def test_what_is_remembered_is_told(examine):
    finding = examine(PAIR, REFERENCE, {"layer_backward": Accumulating()})
    assert finding.message == "layer_backward gives another answer when it is called again with the same arguments."


def test_a_forward_that_remembers_is_told(examine):
    calls = []

    def drifting(x):
        calls.append(1)
        return log1pexp(x) + 1e-9 * (len(calls) > 1)

    finding = examine(ALONE, REFERENCE, {"log1pexp": drifting})
    assert finding.message.startswith("log1pexp gives another answer")


def test_the_last_bits_may_differ(examine):
    flips = iter([1, 1 + 2**-50] * 10)
    assert examine(ALONE, REFERENCE, {"log1pexp": lambda x: log1pexp(x) * next(flips)}).share == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda params: params["W"].__setitem__((0, 0), 9.0),
        lambda params: params.__setitem__("new", np.ones(1)),
        lambda params: params.pop("b"),
        lambda params: params.__setitem__("W", params["W"].astype(np.float32)),
        lambda params: params.__setitem__("W", None),
    ],
)
def test_dicts_are_looked_into(examine, change):
    def careless(params, x):
        result = energy(params, x)
        change(params)
        return result

    assert examine(OF_A_DICT, REFERENCE, {"energy": careless}).message.startswith("energy changes params")


def test_lists_and_numbers_are_looked_at():
    from autograder.checks.purity import unchanged

    x = np.array([1.0, np.nan])
    assert unchanged([x, 1.0, "a", None], [x.copy(), 1.0, "a", None])
    assert unchanged(Rng(1), None)
    for after in ([x], [x, 2.0, "a", None], (x + 1, 1.0, "a", None), None, [x, True, "a", None]):
        assert not unchanged([x, 1.0, "a", None], after)
    assert not unchanged({"a": 1}, None)
    assert not unchanged(x, x.reshape(2, 1))


def test_a_function_that_is_not_right_is_not_marked(examine):
    finding = examine(PAIR, REFERENCE, {"layer_backward": lambda dout, cache: tuple(map(np.zeros_like, cache))})
    assert (finding.verdict, finding.share) == (Verdict.SKIPPED, 0)
    assert finding.message == "This is marked once layer_backward is right."
    assert examine(ALONE, REFERENCE, {"log1pexp": lambda x: x * 0}).verdict is Verdict.SKIPPED


def test_stubs_are_not_attempted(examine):
    assert examine(PAIR, REFERENCE, {"layer_forward": lambda *args: None}).verdict is Verdict.NOT_ATTEMPTED
    assert examine(PAIR, REFERENCE, {"layer_backward": lambda *args: None}).verdict is Verdict.NOT_ATTEMPTED


def test_only_the_picked_part_has_to_be_right(examine):
    check = Purity(("layer_forward",), pick=0, points=1, cases=layers)
    assert examine(check, REFERENCE, {"layer_forward": lambda x, W, b: (layer_forward(x, W, b)[0], None)}).share == 1


def test_random_functions_may_use_their_generator(examine):
    check = Purity(("draw",), points=1, cases=sizes)
    unseeded = {"draw": lambda rows, columns, rng: draw(rows, columns, np.random.default_rng())}
    assert examine(check, REFERENCE, unseeded).share == 0


def test_no_case_no_functions():
    for functions in ((), ("a", "b", "c")):
        with pytest.raises(RubricError):
            Purity(functions, points=1, cases=lambda rng: [Case(())])


def test_a_forward_that_fails_the_first_time_alone_has_no_mark(examine):
    calls = []

    def slow_to_start(x, W, b):
        calls.append(1)
        return layer_forward(x[99] if len(calls) == 1 else x, W, b)

    finding = examine(PAIR, REFERENCE, {"layer_forward": slow_to_start})
    assert (finding.verdict, finding.share) == (Verdict.CRASHED, 0)


def test_a_number_that_is_no_number_is_not_changed_by_being_passed(examine):
    check = Purity(("filled",), points=1, cases=lambda rng: [Case((np.ones(3), float("nan"), [1, 2], np.float64(2)))])
    reference = {"filled": lambda x, missing, sizes, scale: np.where(np.isnan(x), missing, x)}
    assert examine(check, reference).verdict is Verdict.PASSED

    def changing(x, missing, sizes, scale):
        sizes[0] = 3
        return x

    finding = examine(check, reference, {"filled": changing})
    assert finding.message.startswith("filled changes sizes, ")


@pytest.mark.parametrize(
    ("due", "jitter"),
    [
        (lambda x: np.zeros(3), 1e-17),  # what is left where everything cancels
        (lambda x: x.sum(axis=0), 1e-15),
        (lambda x: x.sum(axis=0).astype(np.float32), 2e-7),
    ],
)
def test_the_last_bits_may_differ_from_call_to_call(examine, due, jitter):
    calls = []

    def rounding(x):
        calls.append(1)
        return due(x) + due(x).dtype.type(len(calls) * jitter)

    check = Purity(("total",), points=1, cases=lambda rng: [Case((rng.uniform(1, 2, (4, 3)),))])
    assert examine(check, {"total": due}, {"total": rounding}).verdict is Verdict.PASSED


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_what_is_remembered_is_found_out_in_either_precision(examine, dtype):
    calls = []

    def counting(x):
        calls.append(1)
        return x.sum(axis=0).astype(dtype) if len(calls) % 2 else dtype(1.001) * x.sum(axis=0).astype(dtype)

    check = Purity(("total",), points=1, cases=lambda rng: [Case((rng.uniform(1, 2, (4, 3)),))])
    finding = examine(check, {"total": lambda x: x.sum(axis=0)}, {"total": counting})
    assert finding.verdict is Verdict.FAILED


def test_a_loss_in_float32_whose_gradient_was_cast_back_is_as_right_as_float32_can_be(examine):
    def single(params, x):
        loss, grads = energy({name: value.astype(np.float32) for name, value in params.items()}, x.astype(np.float32))
        return np.float32(loss), {name: value.astype(np.float64) for name, value in grads.items()}

    assert examine(OF_A_DICT, REFERENCE, {"energy": single}).verdict is Verdict.PASSED


class Global:
    """A layer that keeps its cache beside the functions: the last one, or all, of which the last is taken."""

    def __init__(self, keep):
        self.caches, self.keep = [], keep

    def forward(self, *args):
        out, cache = layer_forward(*args)
        self.caches = [*self.caches, cache][-self.keep :]
        return out, None

    def backward(self, dout, cache):
        return layer_backward(dout, self.caches.pop() if self.keep > 1 else self.caches[-1])


@pytest.mark.parametrize("keep", [1, 1000])
def test_a_backward_that_does_not_use_its_own_cache_is_found(examine, keep):
    layer = Global(keep)
    finding = examine(PAIR, REFERENCE, {"layer_forward": layer.forward, "layer_backward": layer.backward})
    assert (finding.verdict, finding.share) == (Verdict.FAILED, 0)
    assert finding.message.startswith("layer_backward is wrong where layer_forward has been called again before it.")


def test_a_cache_that_can_be_used_only_once_will_do_for_any_order(examine):
    def forward(x, W, b):
        out, cache = layer_forward(x, W, b)
        return out, [cache]

    functions = {"layer_forward": forward, "layer_backward": lambda dout, cache: layer_backward(dout, cache.pop())}
    for check in (PAIR, dataclasses.replace(PAIR, cases=lambda rng: layers(rng)[:1])):
        assert examine(check, REFERENCE, functions).verdict is Verdict.PASSED
