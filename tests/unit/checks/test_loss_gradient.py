from types import SimpleNamespace

import numpy as np
import pytest
from unit.checks.examples import REFERENCE, distance, energy, parameters, points

from autograder.checks import LossGradient
from autograder.checks.base import Case
from autograder.errors import RubricError
from autograder.results import Verdict

DISTANCE = LossGradient("distance", wrt="t", points=2, cases=points)
ENERGY = LossGradient("energy", wrt="params", points=2, cases=parameters)


def changed(function, change):
    return {function.__name__: lambda *args: change(*function(*args))}


@pytest.mark.parametrize("check", [DISTANCE, ENERGY])
def test_the_reference_passes(examine, check):
    for seed in range(20):
        assert examine(check, REFERENCE, seed=seed).verdict is Verdict.PASSED


@pytest.mark.parametrize("form", [float, np.float64, np.array, lambda loss: np.array([[loss]]), np.atleast_1d])
def test_a_loss_may_have_any_form_that_a_number_has(examine, form):
    assert examine(DISTANCE, REFERENCE, changed(distance, lambda loss, grad: (form(loss), grad))).share == 1


def test_sums_may_be_rows_and_keys_stand_in_any_order(examine):
    def rows(loss, grads):
        return loss, {"W": grads["W"], "b": grads["b"][None]}

    assert examine(ENERGY, REFERENCE, changed(energy, rows)).share == 1


@pytest.mark.parametrize(
    ("change", "part", "kind"),
    [
        (lambda loss, g: (loss, g | {"W": g["W"] * 1.001}), "dW", "values"),
        (lambda loss, g: (loss, g | {"b": g["b"] / 5}), "db", "values"),
        (lambda loss, g: (loss, {"W": g["W"]}), "the gradient", "missing-keys"),
        (lambda loss, g: (loss, g | {"x": g["b"]}), "the gradient", "extra-keys"),
        (lambda loss, g: (loss, [g["W"], g["b"]]), "the gradient", "not-a-dict"),
        (lambda loss, g: (loss, g | {"W": None}), "dW", "none"),
        (lambda loss, g: (loss, None), "the gradient", "none"),
    ],
)
def test_a_wrong_gradient_of_a_dict_is_named(examine, change, part, kind):
    finding = examine(ENERGY, REFERENCE, changed(energy, change))
    assert (finding.verdict, finding.share) == (Verdict.FAILED, 0)
    assert finding.message.startswith(f"energy: {part}")
    assert finding.details["difference"] == kind


@pytest.mark.parametrize(
    "change", [lambda loss, g: (loss, g * (1 + 4e-6)), lambda loss, g: (loss, -g), lambda loss, g: (loss, 0 * g)]
)
def test_a_wrong_gradient_of_an_array_is_named(examine, change):
    finding = examine(DISTANCE, REFERENCE, changed(distance, change))
    assert "distance: dt (the gradient with respect to t)" in finding.message
    assert finding.share == 0


def test_a_wrong_loss_comes_first(examine):
    finding = examine(DISTANCE, REFERENCE, changed(distance, lambda loss, g: (loss / 2, 3 * g)))
    assert finding.message.startswith("distance is not right yet")
    assert "Nor is dt the derivative of distance as you have it." in finding.message
    assert finding.details["part"] == "the loss"


def test_consistency_with_a_wrong_loss_earns_nothing(examine):
    for check, function in ((DISTANCE, distance), (ENERGY, energy)):

        def halved(loss, gradient):
            if isinstance(gradient, dict):
                return loss / 2, {key: value / 2 for key, value in gradient.items()}
            return loss / 2, gradient / 2

        finding = examine(check, REFERENCE, changed(function, halved))
        assert finding.share == 0
        assert "as you have it, though" in finding.message


def test_the_own_gradient_of_a_dict_is_worked_out(examine):
    finding = examine(ENERGY, REFERENCE, changed(energy, lambda loss, g: (2 * loss, g | {"b": 2 * g["b"]})))
    assert "Nor is dW the derivative of energy as you have it." in finding.message


def test_a_known_variant_of_the_loss_gets_the_gradient_s_marks(examine):
    def doubled(params, x):
        loss, grads = energy(params, x)
        return 2 * loss, {key: 2 * value for key, value in grads.items()}

    variant = SimpleNamespace(name="doubled", sentence="The half is missing.", function=doubled)
    check = LossGradient("energy", wrt="params", points=2, cases=parameters, variants=[variant])
    finding = examine(check, REFERENCE, {"energy": doubled})
    assert (finding.verdict, finding.share) == (Verdict.PASSED, 1)
    assert "The half is missing." in finding.message


def test_the_gradient_that_was_asked_for_is_right_beside_a_known_variant_of_the_loss(examine):
    variant = SimpleNamespace(name="doubled", sentence="The half is missing.", function=lambda *a: (2 * energy(*a)[0],))
    check = LossGradient("energy", wrt="params", points=2, cases=parameters, variants=[variant])
    finding = examine(check, REFERENCE, changed(energy, lambda loss, g: (2 * loss, g)))
    assert (finding.verdict, finding.share) == (Verdict.PASSED, 1)
    assert finding.message == "The gradient is what was asked; energy itself is not yet: The half is missing."
    # One part as asked and the other as the variant's is neither.
    mixed = examine(check, REFERENCE, changed(energy, lambda loss, g: (2 * loss, g | {"b": 2 * g["b"]})))
    assert mixed.share == 0
    assert "neither what was asked nor the gradient of energy as you have it" in mixed.message
    assert mixed.message.endswith("The half is missing.")
    assert "Get energy right first" in mixed.hint


def test_the_gradient_that_was_asked_for_earns_nothing_beside_an_unknown_value_and_is_not_called_wrong(examine):
    finding = examine(ENERGY, REFERENCE, changed(energy, lambda loss, g: (3 * loss, g)))
    assert (finding.verdict, finding.share) == (Verdict.FAILED, 0)
    assert (
        "is not right yet, so its gradient can't be marked. Its gradient is what was asked, though" in finding.message
    )
    assert "derivative" not in finding.message


def test_a_loss_that_is_right_in_one_point_alone_is_found_out(examine):
    calls = []

    def constant(t, data):
        calls.append(distance(t, data))
        return calls[0] if len(data) == 6 else distance(t, data)

    finding = examine(DISTANCE, REFERENCE, {"distance": constant})
    assert finding.share == 0
    assert "changes in another way" in finding.message


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        (None, Verdict.NOT_ATTEMPTED),
        ((None, None), Verdict.NOT_ATTEMPTED),
        (NotImplemented, Verdict.NOT_ATTEMPTED),
        (1.0, Verdict.FAILED),
        ((1.0, np.ones(4), 3), Verdict.FAILED),
        ((0.0, np.zeros(4)), Verdict.FAILED),
        ((np.ones(3), np.ones(4)), Verdict.FAILED),
        (("text", np.ones(4)), Verdict.FAILED),
    ],
)
def test_stubs_and_odd_results(examine, value, verdict):
    finding = examine(DISTANCE, REFERENCE, {"distance": lambda t, data: value})
    assert (finding.verdict, finding.share) == (verdict, 0)
    assert finding.message


def test_an_unknown_argument_is_the_rubric_s_mistake():
    with pytest.raises(RubricError, match="no parameter 'theta'"):
        LossGradient("distance", wrt="theta", points=1, cases=points).prepare(REFERENCE, np.random.default_rng(0))


def test_what_is_prepared_is_data():
    prepared = ENERGY.prepare(REFERENCE, np.random.default_rng(0))

    def check(thing):
        if isinstance(thing, dict):
            return all(isinstance(key, str) and check(part) for key, part in thing.items())
        if isinstance(thing, tuple):
            return all(map(check, thing))
        return isinstance(thing, (str, int, float, np.ndarray))

    assert all(map(check, prepared.expected))


# --- float32 --------------------------------------------------------------------------------------


def cross_entropy(scores, y):
    shifted = scores - scores.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    gradient = np.exp(logs)
    gradient[np.arange(len(y)), y] -= 1
    return -logs[np.arange(len(y)), y].mean(), gradient / len(y)


def sure(rng):
    """A label whose probability is near 1: the loss and its gradient are small beside the scores."""
    scores = rng.normal(scale=1.5, size=(1, 4))
    scores[0, 2] += 5
    return [Case((scores, np.array([2])))]


SURE = LossGradient("cross_entropy", wrt="scores", points=2, cases=sure)
IN_DOUBLE = {"cross_entropy": cross_entropy}


def in_single(scores, y):
    return cross_entropy(scores.astype(np.float32), y)


def test_chance_does_not_decide_where_float32_rounds_more_than_the_loss_changes(examine):
    assert [
        seed for seed in range(200) if examine(SURE, IN_DOUBLE, {"cross_entropy": in_single}, seed=seed).share != 1
    ] == []


def test_a_float32_loss_that_its_gradient_is_not_of_is_found_all_the_same(examine):
    def remembered(scores, y):
        loss, gradient = in_single(scores, y)
        known = next((its for its in seen if abs(its - loss) < 0.2 * abs(its)), loss)
        seen.append(known)
        return known, gradient

    def plain(rng):
        return [Case((rng.normal(scale=1.5, size=(4, 3)), np.array([0, 2, 1, 2])))]

    check = LossGradient("cross_entropy", wrt="scores", points=2, cases=plain)
    for seed in range(20):
        seen = []
        assert examine(check, IN_DOUBLE, {"cross_entropy": remembered}, seed=seed).share == 0
