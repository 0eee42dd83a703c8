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
    ### BEGIN SOLUTION
    return np.zeros((fan_in, fan_out))
    ### END SOLUTION


def gaussian_init(fan_in, fan_out, std, rng):
    """Gaussian weights with mean zero and standard deviation ``std``.

    Returns:
        W: (fan_in, fan_out).
    """
    ### BEGIN SOLUTION
    return std * rng.standard_normal((fan_in, fan_out))
    ### END SOLUTION


def xavier_init(fan_in, fan_out, rng):
    """Gaussian weights with mean zero and variance 1 / fan_in (Xavier).

    Returns:
        W: (fan_in, fan_out).
    """
    ### BEGIN SOLUTION
    return gaussian_init(fan_in, fan_out, np.sqrt(1 / fan_in), rng)
    ### END SOLUTION


def he_init(fan_in, fan_out, rng):
    """Gaussian weights with mean zero and variance 2 / fan_in (Xavier/2, for ReLU).

    Returns:
        W: (fan_in, fan_out).
    """
    ### BEGIN SOLUTION
    return gaussian_init(fan_in, fan_out, np.sqrt(2 / fan_in), rng)
    ### END SOLUTION


def active_bias(fan_out):
    """Slightly positive biases, 0.1 each, that make it likely that a ReLU stays active.

    Returns:
        b: (fan_out,).
    """
    ### BEGIN SOLUTION
    return np.full(fan_out, 0.1)
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    forward, _ = activation_functions(activation)
    means, stds = [], []
    h = x
    for W in weights:
        h, _ = forward(h @ W)  # (N, fan_in) @ (fan_in, fan_out) -> (N, fan_out)
        means.append(np.mean(h))
        stds.append(np.std(h))
    return np.array(means), np.array(stds)
    ### END SOLUTION
