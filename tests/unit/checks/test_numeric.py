import numpy as np
import pytest

from autograder.checks import numeric
from autograder.checks.numeric import FEW, STEPS, random_direction, scales, settles, slopes, unit_directions


def along(function, x, direction, weights=1.0):
    values = np.array([[function(x + h * direction) for h in STEPS]])
    return slopes(function(x), values, weights)


SMOOTH = [
    (np.exp, np.exp, 1.3),
    (np.tanh, lambda x: 1 / np.cosh(x) ** 2, 0.4),
    (lambda x: 1 / (1 + x**2), lambda x: -2 * x / (1 + x**2) ** 2, 0.7),
    (lambda x: np.sqrt(x + 1e-5), lambda x: 0.5 / np.sqrt(x + 1e-5), 0.3),
]


@pytest.mark.parametrize(("function", "derivative", "x"), SMOOTH)
def test_smooth_functions_to_1e_10(function, derivative, x):
    found = along(function, np.float64(x), np.float64(1))
    assert found.best[0] == pytest.approx(derivative(x), rel=1e-10)
    assert found.errors.min() < 1e-9 * abs(derivative(x))


def test_the_error_estimate_is_honest():
    x = np.linspace(-2, 2, 41)
    values = np.array([[np.sin(3 * (each + h)) for h in STEPS] for each in x])
    for line, each in zip(values, x, strict=True):
        found = slopes(np.sin(3 * each), line[None])
        assert abs(found.best[0] - 3 * np.cos(3 * each)) <= 10 * found.errors.min() + 1e-15


def test_a_large_mean_costs_no_digits():
    # Steps and directions are dyadic, so x + h d is exact: the rounding of x itself doesn't enter.
    rng = np.random.default_rng(0)
    x = 1e4 + rng.normal(size=50)
    direction = random_direction(x, rng)
    dout = rng.normal(size=50)

    def centred(x):
        return (x - x.mean()) / x.std()

    found = along(centred, x, direction, dout)
    exact = x - x.mean()
    s = exact.std()
    d = direction - direction.mean()
    due = np.sum(dout * (d / s - exact * np.mean(exact * d) / s**3))
    assert found.best[0] == pytest.approx(due, rel=1e-9)


@pytest.mark.parametrize("distance", [0.05, 1e-2, 1e-3, 1e-5, 1e-8])
@pytest.mark.parametrize("side", [-1, 1])
def test_a_kink_nearby_does_no_harm(distance, side):
    kink = 0.5 + side * distance

    def bent(x):
        return np.sin(x) + 3 * np.maximum(x - kink, 0)

    due = np.cos(0.5) + (3 if kink < 0.5 else 0)
    found = along(bent, np.float64(0.5), np.float64(1))
    assert found.agree(due, np.array([1.0]), 1e-9, 1e-6).all()


def test_a_wrong_slope_agrees_with_none_of_the_estimates():
    found = along(np.exp, np.float64(1), np.float64(1))
    assert found.agree(np.e, np.array([np.e]), 1e-6, 1e-5).all()
    assert not found.agree(np.e * (1 + 2e-5), np.array([np.e]), 1e-6, 1e-5).any()


def test_where_no_derivative_can_be_had_none_is_claimed():
    noise = np.random.default_rng(0)
    for rough in (
        lambda x: x + 1e-3 * noise.normal(),
        lambda x: np.nan if x != 1 else x,
        lambda x: 1 / (x - 1) if x != 1 else 0.0,
    ):
        found = along(rough, np.float64(1), np.float64(1))
        assert not found.known(np.array([1.0]), 1e-5).any()
        assert not found.agree(1.0, np.array([1.0]), 1e-6, 1e-5).any()


def test_a_quantized_function_s_slope_is_not_believed():
    found = along(lambda x: np.round(x, 4), np.float64(0.70713), np.float64(0.7103))
    assert not found.agree(0.7103, np.array([1.0]), 1e-6, 1e-5).any()


def test_many_lines_and_outputs_at_once():
    rng = np.random.default_rng(3)
    x, A, dout = rng.normal(size=4), rng.normal(size=(4, 6)), rng.normal(size=(2, 3))

    def function(x):
        return np.sin(x @ A).reshape(2, 3)

    values = np.array([[function(x + h * unit) for h in STEPS] for unit in unit_directions(x)])
    found = slopes(function(x), values, dout)
    due = A @ (np.cos(x @ A) * dout.ravel())
    np.testing.assert_allclose(found.best / scales(x), due, rtol=0, atol=1e-10 * np.abs(due).max())


@pytest.mark.parametrize(
    ("array", "due"),
    [
        (np.array(3.0), 1.0),
        (np.array(0.01), 2.0**-7),
        (np.zeros(3), 1.0),
        (np.full((4, 2), 0.1), 0.125),
        (np.array([[1e3, 1.0], [1e3 + 0.02, 5.0]]), [[2.0**-7, 1.0]] * 2),
        (np.array([[3.0, 1.0]]), [[1.0, 1.0]]),
        (np.empty((0, 3)), np.empty((0, 3))),
    ],
)
def test_scales_are_spreads_as_powers_of_two_and_at_most_one(array, due):
    np.testing.assert_array_equal(scales(array), np.broadcast_to(due, array.shape))


def test_directions_have_few_bits():
    direction = random_direction(np.random.default_rng(0).normal(size=(30, 20)), np.random.default_rng(1))
    assert np.array_equal(direction * 64, np.round(direction * 64))
    assert len(np.unique(direction)) > 20


def test_rates_go_by_name_not_by_order():
    gradients = {"a": np.array([1.0, -2.0]), "b": np.array([[3.0]])}
    directions = {"b": np.array([[2.0]]), "a": np.array([1.0, 1.0])}
    assert numeric.rate(gradients, directions) == 5
    assert numeric.magnitude(gradients, directions) == 9


def settled(function, claimed, x=0.4, weights=1.0):
    values = np.array([[function(x + h)] for h in FEW])
    return settles(values, weights, claimed, abs(claimed), agrees=1e-6, ceiling=1e-5)


def test_few_steps_settle_what_is_smooth_and_right():
    assert set(FEW) <= set(STEPS)
    assert settled(np.sin, np.cos(0.4))
    assert settled(np.exp, 3 * np.exp(0.4), weights=np.array([3.0]))


def test_few_steps_settle_no_wrong_claim():
    assert not settled(np.sin, np.cos(0.4) * (1 + 1e-5))
    assert not settled(np.sin, np.nan)


def test_few_steps_leave_to_all_steps_what_they_can_t_tell():
    assert not settled(lambda x: np.abs(x - 0.4 - 1e-4), 1.0)  # a kink between the two steps
    assert not settled(lambda x: np.round(np.sin(x), 8), np.cos(0.4))
    assert not settled(lambda x: np.float32(np.sin(x)), np.cos(0.4))
    assert not settled(lambda x: np.nan, 1.0)
