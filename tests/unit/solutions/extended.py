"""The exercise in 50 digits: every function from its formula alone, and exact derivatives.

Nothing here shares a line or a trick with the reference: no maximum is taken from scores, no
backward formula is used.  Arrays are numpy arrays of mpmath numbers, whose exponent has no bound,
so that the textbook's formulas need no care.  A derivative is a central difference of the forward
function with a step of 2^-60: its truncation error, some 1e-36, and its rounding error, some
1e-32, are far below float64's.  A gradient costs two evaluations for every element of every
argument: keep the arrays to some dozens of elements.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import mpmath
import numpy as np

__all__ = ["DIFFERENTIABLE", "FORWARD", "backward", "forward"]

DIGITS = 50

_mp = mpmath.MPContext()
_mp.dps = DIGITS
_STEP = _mp.mpf(2) ** -60

_exact = np.frompyfunc(_mp.mpf, 1, 1)
_exp = np.frompyfunc(_mp.exp, 1, 1)
_log = np.frompyfunc(_mp.log, 1, 1)
_sqrt = np.frompyfunc(_mp.sqrt, 1, 1)
_tanh = np.frompyfunc(_mp.tanh, 1, 1)


def forward(name: str, *args: Any, **kwargs: Any) -> Any:
    """A function's value: the result of ``args`` taken as exact, rounded to float64 at the end.

    Args:
        name: a key of ``FORWARD``: the function's name, for a layer without ``_forward``.
        args: arrays of floats or unsigned integers, labels as signed integers, lists and dicts of
            these, numbers, strings.
        kwargs: likewise.

    Returns:
        A float64 array, or a tuple or a dict of them.  A loss is an array of shape ().
    """
    return _rounded(FORWARD[name](*map(_lift, args), **kwargs))


def backward(name: str, dout: Any, *args: Any, **kwargs: Any) -> tuple[Any, ...]:
    """The gradients of ``sum(dout * forward(name, *args, **kwargs))``, rounded to float64.

    Args:
        name: a key of ``DIFFERENTIABLE``.
        dout: of the output's shape; 1 for a loss.
        args: as for :func:`forward`.
        kwargs: likewise.

    Returns:
        One gradient for each of the arguments that ``DIFFERENTIABLE`` lists, of its shape; for a
        dict of arrays a dict with its keys.
    """
    lifted = [_lift(arg) for arg in args]
    upstream = _exact(np.asarray(dout, dtype=np.float64))

    def objective() -> Any:
        return np.sum(upstream * FORWARD[name](*lifted, **kwargs))

    return tuple(_gradient(objective, lifted[position]) for position in DIFFERENTIABLE[name])


def _gradient(objective: Callable[[], Any], at: Any) -> Any:
    """Central differences of ``objective`` in every element of ``at``, which it reads."""
    if isinstance(at, dict):
        return {key: _gradient(objective, array) for key, array in at.items()}
    gradient = np.zeros(at.shape)
    for index in np.ndindex(at.shape):
        here = at[index]
        at[index] = here + _STEP
        above = objective()
        at[index] = here - _STEP
        below = objective()
        at[index] = here
        gradient[index] = float((above - below) / (2 * _STEP))
    return gradient


def _lift(thing: Any) -> Any:
    """Arrays of numbers as arrays of extended numbers; labels (signed integers) and the rest as they are."""
    if isinstance(thing, dict):
        return {key: _lift(value) for key, value in thing.items()}
    if isinstance(thing, list):
        return [_lift(value) for value in thing]
    if isinstance(thing, np.ndarray) and thing.dtype.kind != "i":
        return _exact(thing.astype(np.float64))
    return thing


def _rounded(thing: Any) -> Any:
    if isinstance(thing, tuple):
        return tuple(_rounded(part) for part in thing)
    if isinstance(thing, dict):
        return {key: _rounded(value) for key, value in thing.items()}
    return np.asarray(thing).astype(np.float64)


# --- linear -------------------------------------------------------------------------------------


def _affine(x: Any, W: Any, b: Any) -> Any:
    return np.dot(x, W) + b


def _quadratic_features(x: Any) -> Any:
    D = x.shape[1]
    return np.stack([*x.T, *(x[:, i] * x[:, j] for i in range(D) for j in range(i, D))], axis=1)


# --- losses -------------------------------------------------------------------------------------


def _softmax(scores: Any) -> Any:
    return _exp(scores) / _exp(scores).sum(axis=1)[:, None]


def _softmax_loss(scores: Any, y: Any) -> Any:
    return -sum(_log(_softmax(scores)[i, label]) for i, label in enumerate(y)) / len(y)


def _logistic_loss(theta: Any, X: Any, y: Any) -> Any:
    z = np.dot(X, theta)
    right = np.where(y == 1, z, -z)  # 1 - sigma(z) = sigma(-z)
    return -np.sum(_log(_sigmoid(right)))


# --- activations --------------------------------------------------------------------------------


def _sigmoid(x: Any) -> Any:
    return 1 / (1 + _exp(-x))


def _relu(x: Any) -> Any:
    return np.maximum(x, 0)


def _leaky_relu(x: Any, slope: float = 0.01) -> Any:
    return np.where(x > 0, x, x * _mp.mpf(slope))


def _prelu(x: Any, alpha: Any) -> Any:
    return np.where(x > 0, x, x * alpha)


def _maxout(x: Any, W: Any, b: Any) -> Any:
    return np.max([_affine(x, piece, bias) for piece, bias in zip(W, b, strict=True)], axis=0)


_ACTIVATIONS = {"relu": _relu, "tanh": _tanh, "sigmoid": _sigmoid}

# --- preprocessing, initialization --------------------------------------------------------------


def _subtract_mean_image(train: Any, test: Any) -> Any:
    mean = train.sum(axis=0) / len(train)
    return train - mean, test - mean


def _subtract_channel_mean(train: Any, test: Any) -> Any:
    channels = train.shape[-1]
    pixels = train.reshape(-1, channels)
    mean = pixels.sum(axis=0) / len(pixels)
    return train - mean, test - mean


def _activation_statistics(x: Any, weights: Any, activation: str) -> Any:
    means, stds = [], []
    for W in weights:
        x = _ACTIVATIONS[activation](np.dot(x, W))
        means.append(x.sum() / x.size)
        stds.append(_sqrt(((x - means[-1]) ** 2).sum() / x.size))
    return np.array(means), np.array(stds)


# --- batch normalization ------------------------------------------------------------------------


def _moments(x: Any) -> tuple[Any, Any]:
    mean = x.sum(axis=0) / len(x)
    return mean, ((x - mean) ** 2).sum(axis=0) / len(x)


def _batchnorm(x: Any, gamma: Any, beta: Any, eps: float = 1e-5) -> Any:
    mean, var = _moments(x)
    return gamma * (x - mean) / _sqrt(var + eps) + beta


def _undo_parameters(x: Any, eps: float = 1e-5) -> Any:
    mean, var = _moments(x)
    return _sqrt(var + eps), mean


def _population_statistics(batches: Any) -> Any:
    B, m, _ = batches.shape
    moments = [_moments(batch) for batch in batches]
    mean = sum(mean for mean, _ in moments) / B
    var = sum(var for _, var in moments) / B * m / (m - 1)
    return mean, var


def _inference_parameters(gamma: Any, beta: Any, mean: Any, var: Any, eps: float = 1e-5) -> Any:
    return gamma / _sqrt(var + eps), beta - gamma * mean / _sqrt(var + eps)


def _batchnorm_inference(x: Any, scale: Any, shift: Any) -> Any:
    return scale * x + shift


# --- networks -----------------------------------------------------------------------------------


def _layer(key: str) -> int:
    """The number at the end of a parameter's name."""
    return int(re.sub(r"\D", "", key))


def _network_scores(params: Any, X: Any, activation: str) -> Any:
    L = max(map(_layer, params))
    h = X
    for layer in range(1, L):
        h = _affine(h, params[f"W{layer}"], params[f"b{layer}"])
        if f"gamma{layer}" in params:
            h = _batchnorm(h, params[f"gamma{layer}"], params[f"beta{layer}"])
        if f"scale{layer}" in params:
            h = _batchnorm_inference(h, params[f"scale{layer}"], params[f"shift{layer}"])
        h = _ACTIVATIONS[activation](h)
    return _affine(h, params[f"W{L}"], params[f"b{L}"])


def _network_loss(params: Any, X: Any, y: Any, activation: str) -> Any:
    return _softmax_loss(_network_scores(params, X, activation), y)


def _sgd_step(params: Any, grads: Any, learning_rate: float) -> Any:
    return {key: params[key] - grads[key] * _mp.mpf(learning_rate) for key in params}


def _freeze_batchnorm(params: Any, batches: Any, activation: str) -> Any:
    frozen = {key: value for key, value in params.items() if not key.startswith(("gamma", "beta"))}
    for layer in range(1, max(map(_layer, params))):
        # What this layer normalizes: the scores of the training network cut off here.
        below = {key: value for key, value in params.items() if _layer(key) <= layer}
        inputs = np.array([_network_scores(below, batch, activation) for batch in batches])
        statistics = _population_statistics(inputs)
        folded = _inference_parameters(params[f"gamma{layer}"], params[f"beta{layer}"], *statistics)
        frozen[f"scale{layer}"], frozen[f"shift{layer}"] = folded
    return frozen


FORWARD: dict[str, Callable[..., Any]] = {
    "activation_statistics": _activation_statistics,
    "affine": _affine,
    "batchnorm": _batchnorm,
    "batchnorm_inference": _batchnorm_inference,
    "freeze_batchnorm": _freeze_batchnorm,
    "inference_parameters": _inference_parameters,
    "inference_scores": _network_scores,
    "leaky_relu": _leaky_relu,
    "logistic_loss": _logistic_loss,
    "maxout": _maxout,
    "network_loss": _network_loss,
    "network_scores": _network_scores,
    "population_statistics": _population_statistics,
    "prelu": _prelu,
    "quadratic_features": _quadratic_features,
    "relu": _relu,
    "sgd_step": _sgd_step,
    "sigmoid": _sigmoid,
    "softmax": _softmax,
    "softmax_loss": _softmax_loss,
    "subtract_channel_mean": _subtract_channel_mean,
    "subtract_mean_image": _subtract_mean_image,
    "tanh": _tanh,
    "undo_parameters": _undo_parameters,
}

# The positions of the arguments that a function is differentiated by: those that its backward
# returns gradients for, and all of them where it has none.
DIFFERENTIABLE: dict[str, tuple[int, ...]] = {
    "affine": (0, 1, 2),
    "batchnorm": (0, 1, 2),
    "batchnorm_inference": (0, 1, 2),
    "leaky_relu": (0,),
    "logistic_loss": (0,),
    "maxout": (0, 1, 2),
    "network_loss": (0,),
    "network_scores": (0,),
    "prelu": (0, 1),
    "quadratic_features": (0,),
    "relu": (0,),
    "sigmoid": (0,),
    "softmax": (0,),
    "softmax_loss": (0,),
    "tanh": (0,),
}
