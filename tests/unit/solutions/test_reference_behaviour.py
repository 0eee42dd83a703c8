"""What the text promises of every function beside its numbers, and what the functions do together."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from solutions.reference import FUNCTIONS

N, D, H, C, K = 6, 5, 4, 3, 2
LAYERS = ["affine", "sigmoid", "tanh", "relu", "leaky_relu", "prelu", "maxout", "batchnorm"]
RANDOM = {"gaussian_init", "xavier_init", "he_init", "init_network", "train"}


def arguments(name: str) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Ordinary arguments for a function, the same ones each time."""
    rng = np.random.default_rng(7)
    x, y, features = rng.normal(size=(N, D)), rng.integers(0, C, size=N), rng.normal(size=(3, D))
    images = rng.uniform(0, 255, size=(N, 3, 4, 2)), rng.uniform(0, 255, size=(2, 3, 4, 2))
    plain = FUNCTIONS["init_network"]([D, H, H, C], "he", rng)
    normalized = FUNCTIONS["init_network"]([D, H, H, C], "he", rng, batchnorm=True)
    batches = rng.normal(size=(3, N, D))
    training = {"steps": 3, "batch_size": 4, "learning_rate": 0.1, "rng": np.random.default_rng(0)}
    table: dict[str, tuple[Any, ...]] = {
        "activation_statistics": (x, [rng.normal(size=(D, H)), rng.normal(size=(H, H))], "tanh"),
        "active_bias": (H,),
        "affine_forward": (x, rng.normal(size=(D, H)), rng.normal(size=H)),
        "batchnorm_forward": (x, *features[:2]),
        "batchnorm_inference": (x, *features[:2]),
        "freeze_batchnorm": (normalized, batches, "relu"),
        "gaussian_init": (D, H, 0.3, np.random.default_rng(0)),
        "he_init": (D, H, np.random.default_rng(0)),
        "inference_parameters": (*features, rng.uniform(1, 2, size=D)),
        "inference_scores": (FUNCTIONS["freeze_batchnorm"](normalized, batches, "relu"), x, "relu"),
        "init_network": ([D, H, C], "he", np.random.default_rng(0), True),
        "leaky_relu_forward": (x,),
        "logistic_loss": (features[0], x, rng.integers(0, 2, size=N)),
        "maxout_forward": (x, rng.normal(size=(K, D, H)), rng.normal(size=(K, H))),
        "network_loss": (normalized, x, y, "relu"),
        "network_scores": (normalized, x, "relu"),
        "population_statistics": (batches,),
        "prelu_forward": (x, rng.uniform(0.1, 0.9, size=D)),
        "quadratic_features": (x,),
        "relu_forward": (x,),
        "sgd_step": (plain, normalized, 0.1),
        "sigmoid_forward": (x,),
        "softmax": (x[:, :C],),
        "softmax_loss": (x[:, :C], y),
        "subtract_channel_mean": images,
        "subtract_mean_image": images,
        "tanh_forward": (x,),
        "train": (normalized, x, y, "relu"),
        "undo_parameters": (x,),
        "xavier_init": (D, H, np.random.default_rng(0)),
        "zero_init": (D, H),
    }
    for layer in LAYERS:
        out, cache = FUNCTIONS[f"{layer}_forward"](*table[f"{layer}_forward"])
        table[f"{layer}_backward"] = (rng.normal(size=out.shape), cache)
    return table[name], training if name == "train" else {}


def arrays(thing: Any) -> list[Any]:
    """The arrays and numbers in a result or an argument, in order."""
    if isinstance(thing, dict):
        thing = [thing[key] for key in sorted(thing)]
    if isinstance(thing, (tuple, list)):
        return [array for part in thing for array in arrays(part)]
    return [thing] if isinstance(thing, (np.ndarray, np.generic, float)) else []


def convert(thing: Any, change: Callable[[Any], Any]) -> Any:
    """The same arguments, with every float array changed."""
    if isinstance(thing, dict):
        return {key: convert(value, change) for key, value in thing.items()}
    if isinstance(thing, (tuple, list)):
        return type(thing)(convert(value, change) for value in thing)
    return change(thing) if isinstance(thing, np.ndarray) and thing.dtype == np.float64 else thing


def single(array: Any) -> Any:
    return array.astype(np.float32)


def strided(array: Any) -> Any:
    wide = np.full((*array.shape[:-1], 2 * array.shape[-1]), np.nan)
    wide[..., ::2] = array
    return wide[..., ::2]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_no_argument_is_changed(name: str) -> None:
    args, kwargs = arguments(name)
    before = copy.deepcopy(args)
    FUNCTIONS[name](*args, **kwargs)
    for array, old in zip(arrays(args), arrays(before), strict=True):
        np.testing.assert_array_equal(array, old)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_same_call_gives_the_same_answer(name: str) -> None:
    args, kwargs = arguments(name)
    again, again_kwargs = arguments(name)
    results = [arrays(FUNCTIONS[name](*args, **kwargs)), arrays(FUNCTIONS[name](*again, **again_kwargs))]
    assert results[0]
    for first, second in zip(*results, strict=True):
        np.testing.assert_array_equal(first, second)


@pytest.mark.parametrize("name", sorted(set(FUNCTIONS) - {f"{layer}_forward" for layer in LAYERS}))
def test_no_result_is_an_argument_seen_again(name: str) -> None:
    """A caller may change a result without changing what it passed in (frozen weights apart)."""
    args, kwargs = arguments(name)
    result = FUNCTIONS[name](*args, **kwargs)
    if name == "freeze_batchnorm":
        result = {key: value for key, value in result.items() if key[0] not in "Wb"}
    for array in arrays(result):
        assert not any(np.shares_memory(array, argument) for argument in arrays(args))


@pytest.mark.parametrize("name", sorted(set(FUNCTIONS) - {f"{layer}_backward" for layer in LAYERS}))
def test_float32_gives_the_same_to_its_own_precision(name: str) -> None:
    args, kwargs = arguments(name)
    singles, again_kwargs = arguments(name)
    expected = arrays(FUNCTIONS[name](*args, **kwargs))
    actual = arrays(FUNCTIONS[name](*convert(singles, single), **again_kwargs))
    for array, exact in zip(actual, expected, strict=True):
        assert np.asarray(array).dtype in (np.float32, np.float64, bool, np.int64)
        np.testing.assert_allclose(array, exact, rtol=1e-3, atol=1e-4)


@pytest.mark.parametrize("name", sorted(set(FUNCTIONS) - {f"{layer}_backward" for layer in LAYERS}))
def test_memory_layout_makes_no_difference(name: str) -> None:
    args, kwargs = arguments(name)
    views, again_kwargs = arguments(name)
    expected = arrays(FUNCTIONS[name](*args, **kwargs))
    actual = arrays(FUNCTIONS[name](*convert(views, strided), **again_kwargs))
    for array, exact in zip(actual, expected, strict=True):
        np.testing.assert_allclose(array, exact, rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize("layer", LAYERS)
def test_gradients_have_the_shapes_of_what_they_are_gradients_of(layer: str) -> None:
    args, _ = arguments(f"{layer}_forward")
    (dout, cache), _ = arguments(f"{layer}_backward")
    gradients = FUNCTIONS[f"{layer}_backward"](dout, cache)
    gradients = gradients if isinstance(gradients, tuple) else (gradients,)
    assert [g.shape for g in gradients] == [a.shape for a in args]


# --- losses, preprocessing ----------------------------------------------------------------------


def test_softmax_rows_sum_to_one_at_any_size() -> None:
    scores = np.random.default_rng(0).normal(size=(5, 4)) * [[1e-3], [1], [1e2], [1e4], [1e4]]
    np.testing.assert_allclose(FUNCTIONS["softmax"](scores).sum(axis=1), 1, rtol=1e-15)


@pytest.mark.parametrize(("name", "axes"), [("subtract_mean_image", 0), ("subtract_channel_mean", (0, 1, 2))])
def test_preprocessing_takes_the_training_sets_mean_from_both(name: str, axes: Any) -> None:
    rng = np.random.default_rng(0)
    train, test = (rng.integers(0, 256, size=(n, 4, 3, 2), dtype=np.uint8) for n in (5, 2))
    new_train, new_test = FUNCTIONS[name](train, test)
    np.testing.assert_allclose(new_train.mean(axis=axes), 0, atol=1e-12)
    np.testing.assert_allclose(new_test, test - train.mean(axis=axes), rtol=1e-12)
    assert new_train.dtype == new_test.dtype == np.float64


# --- initialization -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "args", "std"),
    [("gaussian_init", (0.3,), 0.3), ("xavier_init", (), 400**-0.5), ("he_init", (), 200**-0.5)],
)
def test_initial_weights_are_gaussian_with_the_right_variance(name: str, args: tuple[float, ...], std: float) -> None:
    W = FUNCTIONS[name](400, 500, *args, np.random.default_rng(0))
    assert W.shape == (400, 500)
    n = W.size
    assert abs(W.mean()) < 6 * std / n**0.5
    assert abs(W.var() / std**2 - 1) < 6 * (2 / n) ** 0.5
    assert abs(np.mean(W**4) / (3 * std**4) - 1) < 6 * (96 / 9 / n) ** 0.5  # the kurtosis of a Gaussian


def test_zero_weights_and_active_biases() -> None:
    np.testing.assert_array_equal(FUNCTIONS["zero_init"](3, 2), np.zeros((3, 2)))
    np.testing.assert_array_equal(FUNCTIONS["active_bias"](4), [0.1, 0.1, 0.1, 0.1])


def lectures_experiment(std: float, activation: str) -> Any:
    """The standard deviations of 10 layers of 500 units, from unit Gaussian input."""
    rng = np.random.default_rng(0)
    weights = [FUNCTIONS["gaussian_init"](500, 500, std, rng) for _ in range(10)]
    _, stds = FUNCTIONS["activation_statistics"](rng.normal(size=(200, 500)), weights, activation)
    assert stds.shape == (10,)
    return stds


def test_small_weights_make_tanh_vanish() -> None:
    stds = lectures_experiment(0.01, "tanh")
    assert (np.diff(stds) < 0).all()
    assert stds[-1] < 1e-5


def test_big_weights_saturate_tanh() -> None:
    assert (lectures_experiment(1.0, "tanh") > 0.95).all()


def test_xavier_holds_with_tanh() -> None:
    stds = lectures_experiment(500**-0.5, "tanh")
    assert (stds > 0.2).all()
    assert (stds < 0.7).all()


def test_xavier_decays_with_relu_and_twice_the_variance_holds() -> None:
    decaying = lectures_experiment(500**-0.5, "relu")
    holding = lectures_experiment((2 / 500) ** 0.5, "relu")
    np.testing.assert_allclose(decaying[1:] / decaying[:-1], 2**-0.5, rtol=0.1)
    np.testing.assert_allclose(holding[1:] / holding[:-1], 1, rtol=0.1)


# --- batch normalization ------------------------------------------------------------------------


def test_batchnorm_gives_unit_gaussians_scaled_and_shifted() -> None:
    x = np.random.default_rng(0).normal(3, 2, size=(50, 4))
    gamma, beta = np.array([1.0, 2.0, -3.0, 0.5]), np.array([0.0, 1.0, -1.0, 5.0])
    out, _ = FUNCTIONS["batchnorm_forward"](x, gamma, beta)
    np.testing.assert_allclose(out.mean(axis=0), beta, atol=1e-12)
    np.testing.assert_allclose(out.std(axis=0), np.abs(gamma), rtol=1e-5)


@pytest.mark.parametrize("eps", [1e-5, 0.5])
def test_undo_parameters_give_x_back(eps: float) -> None:
    x = np.random.default_rng(0).normal(3, 2, size=(6, 4))
    out, _ = FUNCTIONS["batchnorm_forward"](x, *FUNCTIONS["undo_parameters"](x, eps=eps), eps=eps)
    np.testing.assert_allclose(out, x, rtol=1e-14)


def test_one_sample_is_normalized_to_beta_and_passes_no_gradient_on() -> None:
    gamma, beta = np.array([2.0, 3.0]), np.array([0.5, -1.0])
    out, cache = FUNCTIONS["batchnorm_forward"](np.array([[4.0, 5.0]]), gamma, beta)
    np.testing.assert_array_equal(out, [beta])
    dx, dgamma, dbeta = FUNCTIONS["batchnorm_backward"](np.array([[1.0, -2.0]]), cache)
    np.testing.assert_allclose(dx, 0, atol=1e-10)
    np.testing.assert_array_equal(dgamma, [0, 0])
    np.testing.assert_array_equal(dbeta, [1, -2])


def test_population_variance_is_unbiased() -> None:
    batches = np.random.default_rng(0).normal(size=(40_000, 2, 1))
    mean, var = FUNCTIONS["population_statistics"](batches)
    assert abs(mean[0]) < 0.02
    assert abs(var[0] - 1) < 0.05  # the biased one is 0.5


# --- networks -----------------------------------------------------------------------------------


def blobs() -> tuple[Any, Any]:
    """Three clouds of samples that a network can tell apart."""
    rng = np.random.default_rng(0)
    y = np.arange(60) % 3
    return rng.normal(size=(60, 2)) + np.array([[0, 4], [4, -2], [-4, -2]])[y], y


@pytest.mark.parametrize("batchnorm", [False, True])
def test_init_network_has_the_documented_arrays(batchnorm: bool) -> None:
    params = FUNCTIONS["init_network"]([5, 4, 3, 2], "xavier", np.random.default_rng(0), batchnorm=batchnorm)
    shapes = {"W1": (5, 4), "b1": (4,), "W2": (4, 3), "b2": (3,), "W3": (3, 2), "b3": (2,)}
    if batchnorm:
        shapes |= {"gamma1": (4,), "beta1": (4,), "gamma2": (3,), "beta2": (3,)}
    assert {key: array.shape for key, array in params.items()} == shapes
    for key, array in params.items():
        if not key.startswith("W"):
            assert (array == (1 if key.startswith("gamma") else 0)).all()


@pytest.mark.parametrize(("init", "std"), [("zero", 0), ("gaussian", 0.01), ("xavier", 0.05), ("he", 0.005**0.5)])
def test_init_network_draws_the_weights_that_were_asked_for(init: str, std: float) -> None:
    params = FUNCTIONS["init_network"]([400, 400, 300], init, np.random.default_rng(0))
    for key in ("W1", "W2"):
        assert abs(params[key].std() - std) <= 0.02 * std


def test_unknown_names_are_refused() -> None:
    params, X = FUNCTIONS["init_network"]([2, 2, 2], "he", np.random.default_rng(0)), np.ones((1, 2))
    with pytest.raises(ValueError, match="uniform"):
        FUNCTIONS["init_network"]([2, 2], "uniform", np.random.default_rng(0))
    with pytest.raises(KeyError, match="gelu"):
        FUNCTIONS["network_scores"](params, X, "gelu")


def test_with_zero_weights_the_hidden_units_stay_alike() -> None:
    X, y = blobs()
    params = FUNCTIONS["init_network"]([2, 4, 3], "zero", np.random.default_rng(0))
    _, grads = FUNCTIONS["network_loss"](params, X, y, "sigmoid")
    assert (grads["W1"] == 0).all()
    assert (grads["W2"] == grads["W2"][0]).all()
    assert (grads["W2"] != 0).any()


@pytest.mark.parametrize("batchnorm", [False, True])
@pytest.mark.parametrize("activation", ["relu", "tanh", "sigmoid"])
def test_training_reduces_the_loss_and_leaves_the_given_params_alone(activation: str, batchnorm: bool) -> None:
    X, y = blobs()
    params = FUNCTIONS["init_network"]([2, 8, 3], "he", np.random.default_rng(1), batchnorm=batchnorm)
    given = copy.deepcopy(params)
    trained, losses = FUNCTIONS["train"](
        params, X, y, activation, steps=200, batch_size=20, learning_rate=0.5, rng=np.random.default_rng(2)
    )
    assert losses.shape == (200,)
    assert losses[-20:].mean() < 0.2 * losses[0]
    for key, array in given.items():
        np.testing.assert_array_equal(params[key], array)
    scores = FUNCTIONS["network_scores"](trained, X, activation)
    assert np.mean(scores.argmax(axis=1) == y) > 0.95


def test_mini_batches_are_drawn_without_replacement_and_their_loss_precedes_the_update() -> None:
    X, y = blobs()
    params = FUNCTIONS["init_network"]([2, 4, 3], "he", np.random.default_rng(1), batchnorm=True)
    trained, losses = FUNCTIONS["train"](
        params, X, y, "tanh", steps=4, batch_size=len(X), learning_rate=0.3, rng=np.random.default_rng(2)
    )
    # A mini-batch of all samples is gradient descent, whatever the order.
    for loss in losses:
        expected, grads = FUNCTIONS["network_loss"](params, X, y, "tanh")
        np.testing.assert_allclose(loss, expected, rtol=1e-12)
        params = FUNCTIONS["sgd_step"](params, grads, 0.3)
    for key, array in params.items():
        np.testing.assert_allclose(trained[key], array, rtol=1e-10, atol=1e-12)


def test_mini_batches_differ_between_steps_and_follow_the_generator() -> None:
    X, y = blobs()
    params = FUNCTIONS["init_network"]([2, 4, 3], "he", np.random.default_rng(1))

    def losses(seed: int) -> Any:
        options = {"steps": 6, "batch_size": 5, "learning_rate": 0.0, "rng": np.random.default_rng(seed)}
        return FUNCTIONS["train"](params, X, y, "relu", **options)[1]

    assert len(set(losses(0))) == 6
    np.testing.assert_array_equal(losses(0), losses(0))
    assert (losses(0) != losses(1)).any()


def frozen_and_trained() -> tuple[Any, Any, Any]:
    X, y = blobs()
    params = FUNCTIONS["init_network"]([2, 6, 5, 3], "he", np.random.default_rng(1), batchnorm=True)
    options = {"steps": 20, "batch_size": 20, "learning_rate": 0.5, "rng": np.random.default_rng(2)}
    trained, _ = FUNCTIONS["train"](params, X, y, "relu", **options)
    return FUNCTIONS["freeze_batchnorm"](trained, X.reshape(3, 20, 2), "relu"), trained, X


def test_a_frozen_network_has_scale_and_shift_for_gamma_and_beta() -> None:
    frozen, trained, _ = frozen_and_trained()
    assert set(frozen) == {"W1", "b1", "scale1", "shift1", "W2", "b2", "scale2", "shift2", "W3", "b3"}
    for key in ("W1", "b1", "W2", "b2", "W3", "b3"):
        np.testing.assert_array_equal(frozen[key], trained[key])


def test_a_samples_scores_no_longer_depend_on_the_rest_of_its_batch() -> None:
    frozen, trained, X = frozen_and_trained()
    together = FUNCTIONS["inference_scores"](frozen, X, "relu")
    alone = np.concatenate([FUNCTIONS["inference_scores"](frozen, x[np.newaxis], "relu") for x in X])
    np.testing.assert_allclose(alone, together, rtol=1e-12, atol=1e-12)
    # In the training network they do.
    whole = FUNCTIONS["network_scores"](trained, X, "relu")
    assert np.abs(FUNCTIONS["network_scores"](trained, X[:5], "relu") - whole[:5]).max() > 0.1


def test_a_frozen_network_is_close_to_the_training_network_on_a_large_batch() -> None:
    _, trained, _ = frozen_and_trained()
    X = np.random.default_rng(3).normal(size=(1, 5_000, 2))
    frozen = FUNCTIONS["freeze_batchnorm"](trained, X, "relu")
    scores = FUNCTIONS["network_scores"](trained, X[0], "relu")
    np.testing.assert_allclose(FUNCTIONS["inference_scores"](frozen, X[0], "relu"), scores, rtol=1e-2, atol=1e-2)


def test_without_batchnorm_freezing_changes_nothing() -> None:
    X, _ = blobs()
    params = FUNCTIONS["init_network"]([2, 4, 3], "he", np.random.default_rng(1))
    frozen = FUNCTIONS["freeze_batchnorm"](params, X.reshape(3, 20, 2), "tanh")
    assert set(frozen) == set(params)
    scores = FUNCTIONS["network_scores"](params, X, "tanh")
    np.testing.assert_array_equal(FUNCTIONS["inference_scores"](frozen, X, "tanh"), scores)
