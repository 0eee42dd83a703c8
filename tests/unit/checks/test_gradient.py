from types import SimpleNamespace

import numpy as np
import pytest
from unit.checks.examples import REFERENCE, layer_backward, layer_forward, layers, square_backward, squares

from autograder.checks import Gradient
from autograder.checks.base import Case
from autograder.checks.differentiated import Worked, _settled
from autograder.checks.numeric import FEW, STEPS
from autograder.checks.tolerance import slope_tolerance
from autograder.checks.variants import Running
from autograder.errors import RubricError, WorkerStopped
from autograder.misconceptions import Misconception, Overlays
from autograder.results import Verdict
from autograder.sandbox.interface import Reply
from autograder.sandbox.scripted import ScriptedSession

CHECK = Gradient("layer", points=4, cases=layers)
FORWARD, BACKWARD = "layer_forward", "layer_backward"


def gradients(change):
    """The right backward, with its gradients changed."""

    def backward(dout, cache):
        return change(*layer_backward(dout, cache))

    return {BACKWARD: backward}


def element(array, index, factor):
    array = array.copy()
    array[index] *= factor
    return array


def test_the_reference_passes_with_nothing_said(examine):
    finding = examine(CHECK, REFERENCE)
    assert (finding.verdict, finding.share) == (Verdict.PASSED, 1)
    assert finding.message == finding.evidence == finding.hint == ""


def restaged_forward(x, W, b):
    a = np.exp(2 * (np.einsum("nd,dh->nh", x, W) + b))
    return (a - 1) / (a + 1), {"x": x, "W": W, "a": a, "told": "anything"}


def restaged_backward(dout, cache):
    d = dout * 4 * cache["a"] / (cache["a"] + 1) ** 2
    return [d.dot(cache["W"].T), np.dot(cache["x"].T, d), d.sum(axis=0, keepdims=True)]


def test_written_otherwise_it_passes_with_any_seed(examine):
    for seed in range(20):
        finding = examine(CHECK, REFERENCE, {FORWARD: restaged_forward, BACKWARD: restaged_backward}, seed)
        assert finding.verdict is Verdict.PASSED, finding


@pytest.mark.parametrize(
    ("functions", "names", "rights", "kind"),
    [
        (
            gradients(lambda dx, dW, db: (element(dx, (1, 1), 1.001), dW, db)),
            ("dx",),
            ("dW and db are right",),
            "values",
        ),
        (
            gradients(lambda dx, dW, db: (dx, element(dW, (2, 2), 1.001), db)),
            ("dW",),
            ("dx and db are right",),
            "values",
        ),
        (gradients(lambda dx, dW, db: (dx, dW, element(db, 1, 1 + 4e-6))), ("db",), ("dx and dW are right",), "values"),
        (gradients(lambda dx, dW, db: (dx * 5, dW / 5, db)), ("dx", "dW"), ("db is right",), "values"),
        (gradients(lambda dx, dW, db: (dx * 0, dW * 0, db * 0)), ("dx", "dW", "db"), (), "zeros"),
        (gradients(lambda dx, dW, db: (dx, dW.T, db)), ("dW",), (), "shape"),
        (gradients(lambda dx, dW, db: (dx, dW, db.sum())), ("db",), (), "scalar"),
        (gradients(lambda dx, dW, db: (dx, dW, None)), ("db",), (), "none"),
        (gradients(lambda dx, dW, db: (dx, dW, list(db))), ("db",), (), "sequence"),
        (gradients(lambda dx, dW, db: (dx * np.nan, dW, db)), ("dx",), (), "nan"),
        (gradients(lambda dx, dW, db: (dx, dW / 0.0, db)), ("dW",), (), "inf"),
        (gradients(lambda dx, dW, db: (dx > 0, dW, db)), ("dx",), (), "booleans"),
        (gradients(lambda dx, dW, db: (dx.astype(int), dW, db)), ("dx",), (), "integers"),
    ],
)
def test_a_wrong_gradient_is_named(examine, functions, names, rights, kind):
    finding = examine(CHECK, REFERENCE, functions)
    assert (finding.verdict, finding.share) == (Verdict.FAILED, 0)
    assert finding.message.startswith(f"{BACKWARD}: ")
    assert all(name in finding.message for name in (*names, *rights))
    assert finding.details["difference"] == kind
    assert finding.details["part"] == names[0]
    assert not any(char.isdigit() for char in finding.message)


def test_a_single_wrong_gradient_is_told_in_words(examine):
    finding = examine(CHECK, REFERENCE, gradients(lambda dx, dW, db: (dx, element(dW, (2, 1), 1.001), db)))
    assert "dW (the gradient with respect to W) is wrong" in finding.message
    assert finding.evidence.startswith("dW[2, 1] is ")
    assert "relative error 0.001" in finding.evidence
    assert finding.details["index"] == [2, 1]
    assert finding.details["relative_error"] == pytest.approx(0.001)


@pytest.mark.parametrize("returned", [lambda dx, dW, db: (dx, dW), lambda dx, dW, db: dx])
def test_too_few_gradients(examine, returned):
    finding = examine(CHECK, REFERENCE, gradients(returned))
    assert finding.message == f"{BACKWARD}: the gradient has the wrong number of entries."
    assert "3 (dx, dW, db) was due" in finding.evidence


def test_only_what_is_asked_for_is_judged(examine):
    broken = gradients(lambda dx, dW, db: (None, "anything", db))
    assert examine(Gradient("layer", wrt=("b",), points=1, cases=layers), REFERENCE, broken).share == 1
    assert examine(Gradient("layer", wrt=("W",), points=1, cases=layers), REFERENCE, broken).share == 0


def test_a_single_gradient_may_stand_alone_or_in_a_tuple(examine):
    check = Gradient("square", points=1, cases=squares)
    assert examine(check, REFERENCE).share == 1
    as_tuple = {"square_backward": lambda dout, cache: (square_backward(dout, cache),)}
    assert examine(check, REFERENCE, as_tuple).share == 1
    twice = {"square_backward": lambda dout, cache: (dout, dout)}
    assert examine(check, REFERENCE, twice).share == 0


def test_functions_and_returns_can_be_named(examine):
    reference = {"there": layer_forward, "back": lambda dout, cache: layer_backward(dout, cache)[1:]}
    check = Gradient("layer", forward="there", backward="back", returns=("W", "b"), points=1, cases=layers)
    assert check.functions == ("there", "back")
    assert examine(check, reference).share == 1
    assert examine(check, reference, {"back": lambda dout, cache: (dout, dout)}).details["part"] == "dW"


def test_a_rubric_that_does_not_fit_its_reference_is_refused():
    rng = np.random.default_rng(0)
    with pytest.raises(RubricError, match="3 gradients"):
        Gradient("layer", returns=("x",), points=1, cases=layers).prepare(REFERENCE, rng)
    with pytest.raises(RubricError, match="gradients"):
        Gradient("layer", wrt=("y",), points=1, cases=layers).prepare(REFERENCE, rng)
    with pytest.raises(RubricError, match="arguments"):
        Gradient("layer", returns=("x", "W", "c"), points=1, cases=layers).prepare(REFERENCE, rng)


# --- what is not there ------------------------------------------------------------------------------


def unwritten(*args, **kwargs):
    raise NotImplementedError


@pytest.mark.parametrize("stub", [unwritten, lambda *args: None, lambda *args: (None, None), None])
def test_stubs_are_not_attempted(examine, stub):
    functions = {FORWARD: stub, BACKWARD: stub}
    if stub is None:
        session = ScriptedSession({})
        finding = CHECK.examine(session, CHECK.prepare(REFERENCE, np.random.default_rng(0)))
    else:
        finding = examine(CHECK, REFERENCE, functions)
    assert finding.verdict is Verdict.NOT_ATTEMPTED
    assert BACKWARD in finding.message


def test_a_backward_waits_for_its_forward(examine):
    finding = examine(CHECK, REFERENCE, {FORWARD: unwritten})
    assert (finding.verdict, finding.share) == (Verdict.SKIPPED, 0)
    assert finding.message == f"This waits for {FORWARD}."


def test_a_forward_that_returns_no_pair(examine):
    finding = examine(CHECK, REFERENCE, {FORWARD: lambda x, W, b: layer_forward(x, W, b)[0]})
    assert finding.verdict is Verdict.FAILED
    assert "(out, cache)" in finding.message


def test_a_crash_is_one(examine):
    finding = examine(CHECK, REFERENCE, gradients(lambda dx, dW, db: dx[99]))
    assert finding.verdict is Verdict.CRASHED
    assert f"{BACKWARD} raised an IndexError" in finding.message
    assert "out of bounds" in finding.evidence
    assert "99" not in finding.message


# --- a forward that is not right -----------------------------------------------------------------


def zeros_forward(x, W, b):
    return np.zeros((len(x), len(b))), (x, W, b)


def zeros_backward(dout, cache):
    return tuple(map(np.zeros_like, cache))


def steeper_forward(x, W, b):
    out = np.tanh(2 * (x @ W + b))
    return out, (x, W, out)


def steeper_backward(dout, cache):
    return tuple(2 * gradient for gradient in layer_backward(dout, cache))


STEEPER = SimpleNamespace(name="steeper", sentence="The sum is doubled.", function=steeper_forward)
FAULTY = SimpleNamespace(name="faulty", sentence="It is faulty.", function=lambda x: x)
NAN = SimpleNamespace(
    name="nan", sentence="It is nan.", function=lambda x, W, b: (np.full((len(x), len(b)), np.nan), None)
)
WITH_VARIANTS = Gradient("layer", points=4, cases=layers, variants=(FAULTY, NAN, STEEPER))


def test_consistency_with_a_wrong_forward_earns_nothing(examine):
    for functions in (
        {FORWARD: zeros_forward, BACKWARD: zeros_backward},
        {FORWARD: steeper_forward, BACKWARD: steeper_backward},
    ):
        finding = examine(CHECK, REFERENCE, functions)
        assert (finding.verdict, finding.share) == (Verdict.FAILED, 0)
        assert finding.message.startswith(f"{FORWARD} is not right yet, so its gradient can't be marked.")
        assert "Its gradient is the derivative of" in finding.message


def test_a_gradient_that_is_not_even_the_own_forward_s_is_told(examine):
    finding = examine(CHECK, REFERENCE, {FORWARD: steeper_forward})
    assert finding.share == 0
    assert f"Nor are dx, dW and db the derivative of {FORWARD} as you have it." in finding.message
    assert finding.evidence.startswith("out[")


def test_the_own_forward_s_derivative_is_asked_for_only_where_it_is_cheap(examine):
    def wide(rng):
        return [Case((rng.normal(size=(30, 10)), rng.normal(size=(10, 2)), rng.normal(size=2)))]

    finding = examine(Gradient("layer", points=1, cases=wide), REFERENCE, {FORWARD: steeper_forward})
    assert finding.message == f"{FORWARD} is not right yet, so its gradient can't be marked."


@pytest.mark.parametrize("long_sweeps", [0, 1])
def test_feedback_stops_quietly_where_the_worker_does(examine, long_sweeps):
    calls = []

    def tiring(x, W, b):
        calls.append(1)
        if len(calls) > 2 * (1 + len(FEW)) + long_sweeps * len(STEPS):  # a call and a short sweep in each of two cases
            raise WorkerStopped(Verdict.TIMED_OUT, "It took too long.")
        return steeper_forward(x, W, b)

    finding = examine(CHECK, REFERENCE, {FORWARD: tiring})
    assert finding.verdict is Verdict.FAILED
    assert finding.message == f"{FORWARD} is not right yet, so its gradient can't be marked."


def test_a_known_variant_s_gradient_gets_full_marks_and_is_told(examine):
    finding = examine(WITH_VARIANTS, REFERENCE, {FORWARD: steeper_forward, BACKWARD: steeper_backward})
    assert (finding.verdict, finding.share) == (Verdict.PASSED, 1)
    assert finding.message.endswith("The sum is doubled.")


def test_a_known_variant_s_wrong_gradient_gets_none(examine):
    # Right formulas in a wrong forward's cache are neither the ones asked for nor the variant's.
    finding = examine(WITH_VARIANTS, REFERENCE, {FORWARD: steeper_forward})
    assert finding.share == 0
    assert "held here. The sum is doubled." in finding.message

    def off(dout, cache):
        dx, dW, db = steeper_backward(dout, cache)
        return dx, element(dW, (1, 1), 1.001), db

    finding = examine(WITH_VARIANTS, REFERENCE, {FORWARD: steeper_forward, BACKWARD: off})
    assert finding.share == 0
    assert finding.details["part"] == "dW"


def test_the_gradient_that_was_asked_for_is_right_beside_a_known_variant(examine):
    def steeper(x, W, b):
        return steeper_forward(x, W, b)[0], layer_forward(x, W, b)[1]

    finding = examine(WITH_VARIANTS, REFERENCE, {FORWARD: steeper})
    assert (finding.verdict, finding.share) == (Verdict.PASSED, 1)
    assert "The sum is doubled." in finding.message
    for wrong in (lambda dx, dW, db: (dx, element(dW, (1, 1), 1.001), db), lambda dx, dW, db: (dx, dW)):
        assert examine(WITH_VARIANTS, REFERENCE, {FORWARD: steeper} | gradients(wrong)).share == 0
    assert examine(CHECK, REFERENCE, {FORWARD: steeper}).share == 0


def test_the_right_formula_on_a_known_variant_s_cache_has_its_marks(examine):
    """Who made one mistake, in the forward function, has not made another one in the backward."""
    code = "def layer_forward(x, W, b):\n    out = np.tanh(2 * (x @ W + b))\n    return out, (x, W, out)\n"
    steeper = Misconception("steeper", "The sum is doubled.", (FORWARD,), code, ("layer/gradient",))
    check = Gradient(
        "layer", points=4, cases=layers, variants=(Running(steeper, FORWARD, Overlays(REFERENCE), BACKWARD),)
    )
    finding = examine(check, REFERENCE, {FORWARD: steeper_forward})
    assert (finding.verdict, finding.share) == (Verdict.PASSED, 1)
    assert finding.message.startswith("The gradient is computed as was asked, from what layer_forward keeps.")
    assert finding.message.endswith("The sum is doubled.")
    for wrong in (lambda dx, dW, db: (dx, element(dW, (1, 1), 1.001), db), lambda dx, dW, db: (dx, dW)):
        assert examine(check, REFERENCE, {FORWARD: steeper_forward} | gradients(wrong)).share == 0
    assert examine(check, REFERENCE, {FORWARD: zeros_forward, BACKWARD: zeros_backward}).share == 0


def test_a_variant_has_to_fit_in_all_cases(examine):
    def sometimes(x, W, b):
        return steeper_forward(x, W, b) if len(x) == 5 else (x @ W, None)

    finding = examine(WITH_VARIANTS, REFERENCE, {FORWARD: sometimes, BACKWARD: zeros_backward})
    assert finding.share == 0


# --- a forward that is right where it is asked and nowhere else -----------------------------------


def first_call_only(otherwise):
    """Right in its first call for each shape, and ``otherwise`` later."""
    seen = set()

    def forward(x, W, b):
        out, cache = layer_forward(x, W, b)
        if x.shape in seen:
            return otherwise(out, x), cache
        seen.add(x.shape)
        return out, cache

    return forward


noise = np.random.default_rng(0)


@pytest.mark.parametrize(
    ("otherwise", "words"),
    [
        (lambda out, x: out + 0.1 * x.sum(), "changes in another way than its gradient says"),
        (lambda out, x: np.zeros_like(out), "changes in another way than its gradient says"),
        (lambda out, x: out + 1e-3 * noise.normal(size=out.shape), "can't be differentiated numerically"),
        (lambda out, x: out * np.nan, "can't be differentiated numerically"),
        (lambda out, x: out * 1j, "can't be differentiated numerically"),
        (lambda out, x: out[: len(out) - int(noise.integers(2))], "can't be differentiated numerically"),
        (lambda out, x: out[:1], "can't be differentiated numerically"),
        (lambda out, x: "text", "can't be differentiated numerically"),
        (lambda out, x: out[99], "raised an IndexError"),
    ],
    ids=["steeper", "zeros", "noisy", "nan", "complex", "ragged", "cut", "text", "crashes"],
)
def test_a_forward_that_is_right_in_one_point_alone_is_found_out(examine, otherwise, words):
    finding = examine(CHECK, REFERENCE, {FORWARD: first_call_only(otherwise)})
    assert finding.share == 0
    assert words in finding.message


def test_noise_buys_no_wider_tolerance(examine):
    for size in (1e-9, 1e-7, 1e-5, 1e-3, 1e-1, 1e3):
        forward = first_call_only(lambda out, x, size=size: out + size * noise.normal(size=out.shape))
        finding = examine(CHECK, REFERENCE, {FORWARD: forward} | gradients(lambda dx, dW, db: (dx, dW, 1.01 * db)))
        assert finding.share == 0


# --- float32 --------------------------------------------------------------------------------------


def single_forward(x, W, b):
    return layer_forward(x.astype(np.float32), W.astype(np.float32), b.astype(np.float32))


def test_float32_is_let_pass_and_told(examine):
    finding = examine(CHECK, REFERENCE, {FORWARD: single_forward})
    assert finding.share == 1
    assert "float32" in finding.message


def test_float32_does_not_hide_a_thousandth(examine):
    wrong = gradients(lambda dx, dW, db: (dx, element(dW, (1, 1), 1.001), db))
    assert examine(CHECK, REFERENCE, {FORWARD: single_forward} | wrong).share == 0


def test_where_float32_goes_in_nothing_is_said(examine):
    def singles(rng):
        return [Case(tuple(arg.astype(np.float32) for arg in case.args)) for case in layers(rng)]

    check = Gradient("layer", points=1, cases=singles)
    for functions in ({}, {FORWARD: single_forward}):
        finding = examine(check, REFERENCE, functions)
        assert (finding.share, finding.message) == (1, "")


def test_the_same_seed_gives_the_same_finding(examine):
    broken = gradients(lambda dx, dW, db: (dx, dW, db * 1.5))
    assert examine(CHECK, REFERENCE, broken, seed=5) == examine(CHECK, REFERENCE, broken, seed=5)
    assert examine(CHECK, REFERENCE, broken, seed=5) != examine(CHECK, REFERENCE, broken, seed=6)


def test_a_forward_of_another_shape_comes_first(examine):
    finding = examine(CHECK, REFERENCE, {FORWARD: lambda x, W, b: (np.sum(x @ W + b), (x, W, x @ W + b))})
    assert finding.message == f"{FORWARD} is not right yet, so its gradient can't be marked."
    assert finding.details["difference"] == "scalar"


def test_an_output_of_another_size_when_moved_is_no_derivative_and_no_fault_of_ours(examine):
    cases = CHECK.prepare(REFERENCE, np.random.default_rng(0)).cases

    def jumpy(x, W, b):
        out, cache = layer_forward(x, W, b)
        return (out if any(np.array_equal(x, case.args[0]) for case in cases) else out[:-1]), cache

    finding = examine(CHECK, REFERENCE, {FORWARD: jumpy})
    assert (finding.verdict, finding.share) == (Verdict.FAILED, 0)


@pytest.mark.parametrize(("weights", "settled"), [(np.ones(3), True), (1.0, True), (np.ones(2), False)])
def test_weights_of_another_size_than_the_output_settle_nothing(weights, settled):
    out = np.ones(3)
    moved = Reply(np.array([[out + step for step in FEW]]))
    assert _settled(Worked(out, {}, moved), weights, 3.0, 3.0, slope_tolerance(single=False)) is settled
