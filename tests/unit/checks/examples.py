"""Small functions to check, and cases for them."""

import numpy as np

from autograder.checks.base import Case
from autograder.sandbox.wire import Rng


def layer_forward(x, W, b):
    """``out (N,H) = tanh(x (N,D) W (D,H) + b (H,))``."""
    out = np.tanh(x @ W + b)
    return out, (x, W, out)


def layer_backward(dout, cache):
    x, W, out = cache
    d = dout * (1 - out**2)
    return d @ W.T, x.T @ d, d.sum(axis=0)


def square_forward(x, offset=0.0):
    return x**2 + offset, x


def square_backward(dout, cache):
    return 2 * cache * dout


def distance(t, data):
    """The mean squared distance of ``t (D,)`` from ``data (N,D)``, and its gradient."""
    return np.mean((t - data) ** 2), 2 * np.mean(t - data, axis=0) / len(t)


def energy(params, x):
    """A loss of a dict of arrays."""
    y = x @ params["W"] + params["b"]
    return 0.5 * np.sum(y**2), {"b": y.sum(axis=0), "W": x.T @ y}


def moments(x):
    return x.mean(axis=0), x.var(axis=0)


def log1pexp(x):
    return np.logaddexp(0, x)


def draw(rows, columns, rng):
    return rng.standard_normal((rows, columns)) / np.sqrt(rows)


REFERENCE = {
    function.__name__: function
    for function in (
        layer_forward,
        layer_backward,
        square_forward,
        square_backward,
        distance,
        energy,
        moments,
        log1pexp,
        draw,
    )
}


def layers(rng):
    return [
        Case((rng.normal(size=(N, D)), rng.normal(size=(D, H)), rng.normal(size=H)), note=note)
        for N, D, H, note in ((5, 4, 3, ""), (2, 3, 6, "more outputs than samples"))
    ]


def points(rng):
    return [Case((rng.normal(size=4), rng.normal(size=(6, 4)))), Case((rng.normal(size=3), rng.normal(size=(2, 3))))]


def parameters(rng):
    params = {"W": rng.normal(size=(4, 3)), "b": rng.normal(size=3)}
    return [Case((params, rng.normal(size=(5, 4))))]


def samples(rng):
    return [Case((rng.normal(size=(6, 3)),)), Case((rng.normal(size=(2, 5)),), note="two rows")]


def squares(rng):
    return [Case((rng.normal(size=(3, 4)),), {"offset": 0.5})]


def extremes(rng):
    return [Case((rng.uniform(-1, 1, size=5) + 1e4,), note="far to the right"), Case((rng.uniform(-1, 1, 5) - 1e4,))]


def sizes(rng):
    return [Case((rows, columns, Rng(int(rng.integers(2**32))))) for rows, columns in ((150, 60), (50, 200))]
