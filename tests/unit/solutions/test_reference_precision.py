"""The reference against 50 digits: right to 1e-12 of the result's scale, and silent while at it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from unit.solutions import extended

from solutions.reference import FUNCTIONS

SEEDS = range(2)
SHAPES = [(5, 4), (3, 6), (1, 4), (6, 1), (1, 1)]
ELEMENTWISE = ["sigmoid", "tanh", "relu", "leaky_relu"]


@pytest.fixture(autouse=True)
def silent() -> Iterator[None]:
    """Every overflow, division by zero and invalid operation is an error here."""
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        yield


def assert_right(actual: Any, exact: Any, *, to: float = 1e-12, scale: float = 0.0) -> None:
    """Hold a result to ``to`` times its own largest element, or ``scale`` where that is larger."""
    if isinstance(exact, tuple):
        assert len(actual) == len(exact)
        for part, exact_part in zip(actual, exact, strict=True):
            assert_right(part, exact_part, to=to, scale=scale)
    elif isinstance(exact, dict):
        assert set(actual) == set(exact)
        for key in exact:
            assert_right(actual[key], exact[key], to=to, scale=scale)
    else:
        assert np.shape(actual) == exact.shape
        assert np.max(np.abs(actual - exact)) <= to * max(np.max(np.abs(exact)), scale)


def assert_layer_right(name: str, *args: Any, dout: Any, scale: float = 0.0, **kwargs: Any) -> None:
    """Hold a layer's forward and backward to the exact ones."""
    out, cache = FUNCTIONS[f"{name}_forward"](*args, **kwargs)
    assert_right(out, extended.forward(name, *args, **kwargs))
    gradients = FUNCTIONS[f"{name}_backward"](dout, cache)
    if not isinstance(gradients, tuple):
        gradients = (gradients,)
    assert_right(gradients, extended.backward(name, dout, *args, **kwargs), scale=scale)


def away_from_kinks(x: Any) -> Any:
    return np.where(np.abs(x) < 1e-3, 1e-3, x)


@pytest.mark.parametrize("assert_off", [1 + 3e-12, 1 - 3e-12, np.nan])
def test_a_result_wrong_in_one_element_is_rejected(assert_off: float) -> None:
    exact = np.array([1.0, -2.0, 0.5])
    assert_right(exact * (1 + 2e-16), exact)
    with pytest.raises(AssertionError):
        assert_right(exact * [1, assert_off, 1], exact)


# --- linear -------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("N", "D", "H"), [(4, 5, 3), (1, 3, 2), (5, 1, 1)])
def test_affine(seed: int, N: int, D: int, H: int) -> None:
    rng = np.random.default_rng(seed)
    x, W, b = rng.normal(size=(N, D)), rng.normal(size=(D, H)), rng.normal(size=H)
    assert_layer_right("affine", x, W, b, dout=rng.normal(size=(N, H)))


@pytest.mark.parametrize("shape", SHAPES)
def test_quadratic_features(shape: tuple[int, int]) -> None:
    x = np.random.default_rng(0).normal(size=shape)
    assert_right(FUNCTIONS["quadratic_features"](x), extended.forward("quadratic_features", x))


# --- losses -------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("size", [1.0, 30.0, 1e4])
def test_softmax_and_its_loss(seed: int, shape: tuple[int, int], size: float) -> None:
    rng = np.random.default_rng(seed)
    scores, y = rng.uniform(-size, size, size=shape), rng.integers(0, shape[1], size=shape[0])
    assert_right(FUNCTIONS["softmax"](scores), extended.forward("softmax", scores))
    loss, dscores = FUNCTIONS["softmax_loss"](scores, y)
    # A loss near 0 is right to 1e-12 of 1, which is what an error of the scores would make of it.
    assert_right(loss, extended.forward("softmax_loss", scores, y), scale=1.0)
    assert_right(dscores, *extended.backward("softmax_loss", 1.0, scores, y), scale=1 / shape[0])


@pytest.mark.parametrize(
    "scores",
    [
        np.array([[1e4, -1e4, 0.0], [0.25, 0.5, 0.75]]),  # one row far from the other
        np.array([[-1e4, -1e4 + 1, -1e4 - 1], [1e4, 1e4 - 1, 1e4 - 2]]),
        np.array([[0.0, 750.0, 3.0], [-800.0, 0.0, 1.0]]),  # the label's probability underflows
    ],
)
def test_softmax_loss_at_extremes(scores: Any) -> None:
    for label in range(3):
        y = np.array([label, (label + 1) % 3])
        loss, dscores = FUNCTIONS["softmax_loss"](scores, y)
        assert_right(loss, extended.forward("softmax_loss", scores, y))
        assert_right(dscores, *extended.backward("softmax_loss", 1.0, scores, y))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("N", "D"), SHAPES)
def test_logistic_loss(seed: int, N: int, D: int) -> None:
    rng = np.random.default_rng(seed)
    theta, X = rng.normal(size=D), rng.normal(size=(N, D))
    for y in (rng.integers(0, 2, size=N), rng.integers(0, 2, size=N).astype(np.float64)):
        cost, dtheta = FUNCTIONS["logistic_loss"](theta, X, y)
        assert_right(cost, extended.forward("logistic_loss", theta, X, y))
        assert_right(dtheta, *extended.backward("logistic_loss", 1.0, theta, X, y))


@pytest.mark.parametrize("score", [-1e3, -40.0, 40.0, 1e3])
@pytest.mark.parametrize("label", [0, 1])
def test_logistic_loss_at_extremes(score: float, label: int) -> None:
    theta, X, y = np.array([score / 8, 0.0]), np.array([[8.0, 1.0]]), np.array([label])
    cost, dtheta = FUNCTIONS["logistic_loss"](theta, X, y)
    assert_right(cost, extended.forward("logistic_loss", theta, X, y))
    assert_right(dtheta, *extended.backward("logistic_loss", 1.0, theta, X, y))


# --- activations --------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", ELEMENTWISE)
def test_elementwise_activations(name: str, shape: tuple[int, int], seed: int) -> None:
    rng = np.random.default_rng(seed)
    x = away_from_kinks(2 * rng.normal(size=shape))
    assert_layer_right(name, x, dout=rng.normal(size=shape))


def test_leaky_relu_with_another_slope() -> None:
    rng = np.random.default_rng(0)
    x, dout = away_from_kinks(rng.normal(size=(4, 3))), rng.normal(size=(4, 3))
    assert_layer_right("leaky_relu", x, dout=dout, slope=0.3)


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_elementwise_activations_at_extremes(name: str) -> None:
    x = np.array([[1e3, -1e3, 709.0, -709.0], [37.0, -37.0, 20.0, -20.0]])
    out, cache = FUNCTIONS[f"{name}_forward"](x)
    assert_right(out, extended.forward(name, x))
    [exact] = extended.backward(name, np.ones_like(x), x)
    assert_right(FUNCTIONS[f"{name}_backward"](np.ones_like(x), cache), exact, scale=1.0)


def test_sigmoid_keeps_its_digits_where_it_is_tiny() -> None:
    x = np.array([[-30.0, -100.0, -700.0]])
    out, _ = FUNCTIONS["sigmoid_forward"](x)
    assert_right(out / extended.forward("sigmoid", x), np.ones((1, 3)))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("shape", SHAPES)
def test_prelu(seed: int, shape: tuple[int, int]) -> None:
    rng = np.random.default_rng(seed)
    x, alpha = away_from_kinks(rng.normal(size=shape)), rng.uniform(0.05, 0.95, size=shape[1])
    assert_layer_right("prelu", x, alpha, dout=rng.normal(size=shape))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("k", "N", "D", "H"), [(3, 4, 5, 2), (1, 3, 2, 4), (2, 1, 1, 1)])
def test_maxout(seed: int, k: int, N: int, D: int, H: int) -> None:
    rng = np.random.default_rng(seed)
    x, W, b = rng.normal(size=(N, D)), rng.normal(size=(k, D, H)), rng.normal(size=(k, H))
    assert_layer_right("maxout", x, W, b, dout=rng.normal(size=(N, H)))


# --- preprocessing, initialization --------------------------------------------------------------


@pytest.mark.parametrize("name", ["subtract_mean_image", "subtract_channel_mean"])
@pytest.mark.parametrize("dtype", [np.uint8, np.float64])
def test_preprocessing(name: str, dtype: type) -> None:
    rng = np.random.default_rng(0)
    train: Any = rng.integers(0, 256, size=(6, 3, 4, 2)).astype(dtype)
    test: Any = rng.integers(0, 256, size=(2, 3, 4, 2)).astype(dtype)
    assert_right(FUNCTIONS[name](train, test), extended.forward(name, train, test))


@pytest.mark.parametrize("name", ["subtract_mean_image", "subtract_channel_mean"])
def test_the_mean_of_many_float32_images_keeps_its_digits(name: str) -> None:
    images = np.full((3_000, 8, 8, 3), 200.7, dtype=np.float32)
    train, test = FUNCTIONS[name](images, images[:1])
    assert np.abs(train).max() < 1e-4
    assert np.abs(test).max() < 1e-4


@pytest.mark.parametrize("activation", ["relu", "tanh", "sigmoid"])
def test_activation_statistics(activation: str) -> None:
    rng = np.random.default_rng(0)
    x, weights = rng.normal(size=(4, 3)), [rng.normal(size=s) for s in [(3, 6), (6, 5), (5, 2)]]
    actual = FUNCTIONS["activation_statistics"](x, weights, activation)
    assert_right(actual, extended.forward("activation_statistics", x, weights, activation))


# --- batch normalization ------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("eps", [1e-5, 1e-2, 3.0])
@pytest.mark.parametrize("spread", [1.0, 3e-3])  # 3e-3: a variance near the default eps
def test_batchnorm(seed: int, shape: tuple[int, int], eps: float, spread: float) -> None:
    rng = np.random.default_rng(seed)
    x, gamma, beta = 0.3 + spread * rng.normal(size=shape), rng.normal(size=shape[1]), rng.normal(size=shape[1])
    # For one sample dx is 0, the difference of two large numbers: the scale is theirs.
    scale = 1.0 if shape[0] == 1 else 0.0
    assert_layer_right("batchnorm", x, gamma, beta, eps=eps, dout=rng.normal(size=shape), scale=scale)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("std", [1e-3, 1.0, 1e3])
def test_batchnorm_where_the_mean_is_1e4_standard_deviations(seed: int, std: float) -> None:
    rng = np.random.default_rng(seed)
    x = std * (rng.choice([-1e4, 1e4], size=3) + rng.normal(size=(8, 3)))
    gamma, beta, dout = rng.normal(size=3), rng.normal(size=3), rng.normal(size=(8, 3))
    out, cache = FUNCTIONS["batchnorm_forward"](x, gamma, beta)
    assert_right(out, extended.forward("batchnorm", x, gamma, beta), to=1e-11)
    gradients = FUNCTIONS["batchnorm_backward"](dout, cache)
    assert_right(gradients, extended.backward("batchnorm", dout, x, gamma, beta), to=1e-11)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("eps", [1e-5, 0.1])
def test_undo_parameters(shape: tuple[int, int], eps: float) -> None:
    x = np.random.default_rng(0).normal(size=shape)
    assert_right(FUNCTIONS["undo_parameters"](x, eps=eps), extended.forward("undo_parameters", x, eps=eps))


@pytest.mark.parametrize("seed", SEEDS)
def test_batchnorm_for_inference(seed: int) -> None:
    rng = np.random.default_rng(seed)
    batches = rng.normal(size=(3, 4, 5)) * rng.uniform(0.1, 3, size=(3, 1, 1))  # of unequal spread
    mean, var = FUNCTIONS["population_statistics"](batches)
    assert_right((mean, var), extended.forward("population_statistics", batches))
    gamma, beta, x = rng.normal(size=5), rng.normal(size=5), rng.normal(size=(6, 5))
    scale, shift = FUNCTIONS["inference_parameters"](gamma, beta, mean, var, eps=1e-2)
    assert_right((scale, shift), extended.forward("inference_parameters", gamma, beta, mean, var, eps=1e-2))
    exact = extended.forward("batchnorm_inference", x, scale, shift)
    assert_right(FUNCTIONS["batchnorm_inference"](x, scale, shift), exact)


# --- networks -----------------------------------------------------------------------------------


def network(sizes: list[int], batchnorm: bool, seed: int) -> tuple[Any, Any, Any]:
    """Parameters of which none is 0 or 1, six samples and their labels."""
    rng = np.random.default_rng(seed)
    params = FUNCTIONS["init_network"](sizes, "he", rng, batchnorm=batchnorm)
    params = {key: value + 0.2 * rng.normal(size=value.shape) for key, value in params.items()}
    return params, rng.normal(size=(6, sizes[0])), rng.integers(0, sizes[-1], size=6)


@pytest.mark.parametrize("activation", ["relu", "tanh", "sigmoid"])
@pytest.mark.parametrize("batchnorm", [False, True])
@pytest.mark.parametrize("sizes", [[3, 2], [3, 4, 2], [2, 3, 2, 3, 2]])
def test_network(sizes: list[int], batchnorm: bool, activation: str) -> None:
    params, X, y = network(sizes, batchnorm, seed=len(sizes))
    exact = extended.forward("network_scores", params, X, activation)
    assert_right(FUNCTIONS["network_scores"](params, X, activation), exact)
    loss, grads = FUNCTIONS["network_loss"](params, X, y, activation)
    assert_right(loss, extended.forward("network_loss", params, X, y, activation))
    # Before a batch normalization a bias has no effect: its gradient is 0, the others' scale holds.
    [exact_grads] = extended.backward("network_loss", 1.0, params, X, y, activation)
    assert_right(grads, exact_grads, scale=np.max(np.abs(exact_grads["W1"])))
    exact_params = extended.forward("sgd_step", params, exact_grads, 0.1)
    assert_right(FUNCTIONS["sgd_step"](params, exact_grads, 0.1), exact_params)


@pytest.mark.parametrize("activation", ["relu", "tanh", "sigmoid"])
@pytest.mark.parametrize("sizes", [[3, 4, 2], [2, 3, 2, 3, 2]])
def test_frozen_network(sizes: list[int], activation: str) -> None:
    params, X, _ = network(sizes, batchnorm=True, seed=len(sizes))
    batches = np.random.default_rng(1).normal(size=(3, 4, sizes[0]))
    frozen = FUNCTIONS["freeze_batchnorm"](params, batches, activation)
    assert_right(frozen, extended.forward("freeze_batchnorm", params, batches, activation))
    exact = extended.forward("inference_scores", frozen, X, activation)
    assert_right(FUNCTIONS["inference_scores"](frozen, X, activation), exact)
