"""Weight initialization, and the experiment that shows why it matters.

Shapes: a weight matrix is (fan_in, fan_out).  All randomness comes from ``rng``, a
numpy.random.Generator.
"""

import numpy as np

from .activations import activation_functions


def zero_init(fan_in, fan_out):
    """All weights zero.

    Returns:
        W: (fan_in, fan_out).
    """
    raise NotImplementedError


def gaussian_init(fan_in, fan_out, std, rng):
    """Gaussian weights with mean zero and standard deviation ``std``.

    Returns:
        W: (fan_in, fan_out).
    """
    raise NotImplementedError


def xavier_init(fan_in, fan_out, rng):
    """Gaussian weights with mean zero and variance 1 / fan_in (Xavier).

    Returns:
        W: (fan_in, fan_out).
    """
    raise NotImplementedError


def he_init(fan_in, fan_out, rng):
    """Gaussian weights with mean zero and variance 2 / fan_in (Xavier/2, for ReLU).

    Returns:
        W: (fan_in, fan_out).
    """
    raise NotImplementedError


def active_bias(fan_out):
    """Slightly positive biases, 0.1 each, that make it likely that a ReLU stays active.

    Returns:
        b: (fan_out,).
    """
    raise NotImplementedError


def activation_statistics(x, weights, activation):
    """What becomes of the activations on their way through a deep network without biases.

    Every layer computes ``h <- activation(h W_l)``, beginning with ``h = x``.

    Args:
        x: (N, D), the input.
        weights: a list of L matrices; the first has D rows.
        activation: "relu", "tanh" or "sigmoid".

    Returns:
        means: (L,), the mean over all entries of each layer's output.
        stds: (L,), their standard deviation (with divisor n).
    """
    raise NotImplementedError
