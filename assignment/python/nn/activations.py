"""Activation functions, or hidden units, forward and backward.

Shapes: N samples, D features; for maxout also H units of k pieces each.
"""

import numpy as np


def sigmoid_forward(x):
    """``sigma(x) = 1 / (1 + exp(-x))``, element by element.

    Right to 1e-12 and silent (no overflow warning) for x as large as 10^3 and as small as -10^3.

    Args:
        x: (N, D).

    Returns:
        out: (N, D).
        cache: whatever sigmoid_backward needs.
    """
    raise NotImplementedError


def sigmoid_backward(dout, cache):
    """The gradient of the loss with respect to the sigmoid's input.

    Args:
        dout: (N, D), the gradient with respect to ``out``.
        cache: what sigmoid_forward returned.

    Returns:
        dx: (N, D).
    """
    raise NotImplementedError


def tanh_forward(x):
    """The hyperbolic tangent, element by element.

    Right to 1e-12 and silent (no overflow warning) for x as large as 10^3 and as small as -10^3.

    Args:
        x: (N, D).

    Returns:
        out: (N, D).
        cache: whatever tanh_backward needs.
    """
    raise NotImplementedError


def tanh_backward(dout, cache):
    """The gradient of the loss with respect to the input of tanh.

    Args:
        dout: (N, D), the gradient with respect to ``out``.
        cache: what tanh_forward returned.

    Returns:
        dx: (N, D).
    """
    raise NotImplementedError


def relu_forward(x):
    """The rectified linear unit, ``max(0, x)``, element by element.

    Args:
        x: (N, D).

    Returns:
        out: (N, D).
        cache: whatever relu_backward needs.
    """
    raise NotImplementedError


def relu_backward(dout, cache):
    """The gradient of the loss with respect to the ReLU's input.

    Args:
        dout: (N, D), the gradient with respect to ``out``.
        cache: what relu_forward returned.

    Returns:
        dx: (N, D).
    """
    raise NotImplementedError


def leaky_relu_forward(x, slope=0.01):
    """The leaky ReLU, ``max(slope x, x)``, element by element.

    Args:
        x: (N, D).
        slope: a number between 0 and 1.

    Returns:
        out: (N, D).
        cache: whatever leaky_relu_backward needs.
    """
    raise NotImplementedError


def leaky_relu_backward(dout, cache):
    """The gradient of the loss with respect to the leaky ReLU's input.

    Args:
        dout: (N, D), the gradient with respect to ``out``.
        cache: what leaky_relu_forward returned.

    Returns:
        dx: (N, D).
    """
    raise NotImplementedError


def prelu_forward(x, alpha):
    """The parametric ReLU, ``max(alpha x, x)``: a leaky ReLU whose slopes are learned.

    Args:
        x: (N, D).
        alpha: (D,), one slope a feature, each between 0 and 1.

    Returns:
        out: (N, D).
        cache: whatever prelu_backward needs.
    """
    raise NotImplementedError


def prelu_backward(dout, cache):
    """The gradients of the loss: one more parameter to backprop into.

    Args:
        dout: (N, D), the gradient with respect to ``out``.
        cache: what prelu_forward returned.

    Returns:
        dx: (N, D).
        dalpha: (D,).
    """
    raise NotImplementedError


def maxout_forward(x, W, b):
    """Maxout units: the largest of k linear pieces, ``out = max_j (x W_j + b_j)``.

    Args:
        x: (N, D).
        W: (k, D, H), one matrix a piece.
        b: (k, H).

    Returns:
        out: (N, H).
        cache: whatever maxout_backward needs.
    """
    raise NotImplementedError


def maxout_backward(dout, cache):
    """The gradients of the loss with respect to the arguments of maxout_forward.

    Args:
        dout: (N, H), the gradient with respect to ``out``.
        cache: what maxout_forward returned.

    Returns:
        dx: (N, D).
        dW: (k, D, H).
        db: (k, H).
    """
    raise NotImplementedError


def activation_functions(name):
    """An activation's forward and backward, by name.

    Args:
        name: "relu", "tanh" or "sigmoid".

    Returns:
        forward, backward: two of the functions above.
    """
    return {
        "relu": (relu_forward, relu_backward),
        "tanh": (tanh_forward, tanh_backward),
        "sigmoid": (sigmoid_forward, sigmoid_backward),
    }[name]
