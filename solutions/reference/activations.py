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
    ### BEGIN SOLUTION
    # sigma(x) is also exp(x) / (1 + exp(x)).  Of the two, take the one whose exponent is negative.
    e = np.exp(-np.abs(x))
    out = np.where(x >= 0, 1, e) / (1 + e)
    cache = out
    return out, cache
    ### END SOLUTION


def sigmoid_backward(dout, cache):
    """The gradient of the loss with respect to the sigmoid's input.

    Args:
        dout: (N, D), the gradient with respect to ``out``.
        cache: what sigmoid_forward returned.

    Returns:
        dx: (N, D).
    """
    ### BEGIN SOLUTION
    out = cache
    return dout * out * (1 - out)
    ### END SOLUTION


def tanh_forward(x):
    """The hyperbolic tangent, element by element.

    Right to 1e-12 and silent (no overflow warning) for x as large as 10^3 and as small as -10^3.

    Args:
        x: (N, D).

    Returns:
        out: (N, D).
        cache: whatever tanh_backward needs.
    """
    ### BEGIN SOLUTION
    out = np.tanh(x)
    cache = out
    return out, cache
    ### END SOLUTION


def tanh_backward(dout, cache):
    """The gradient of the loss with respect to the input of tanh.

    Args:
        dout: (N, D), the gradient with respect to ``out``.
        cache: what tanh_forward returned.

    Returns:
        dx: (N, D).
    """
    ### BEGIN SOLUTION
    out = cache
    return dout * (1 - out**2)
    ### END SOLUTION


def relu_forward(x):
    """The rectified linear unit, ``max(0, x)``, element by element.

    Args:
        x: (N, D).

    Returns:
        out: (N, D).
        cache: whatever relu_backward needs.
    """
    ### BEGIN SOLUTION
    out = np.maximum(0, x)
    cache = x
    return out, cache
    ### END SOLUTION


def relu_backward(dout, cache):
    """The gradient of the loss with respect to the ReLU's input.

    Args:
        dout: (N, D), the gradient with respect to ``out``.
        cache: what relu_forward returned.

    Returns:
        dx: (N, D).
    """
    ### BEGIN SOLUTION
    x = cache
    return np.where(x > 0, dout, 0)
    ### END SOLUTION


def leaky_relu_forward(x, slope=0.01):
    """The leaky ReLU, ``max(slope x, x)``, element by element.

    Args:
        x: (N, D).
        slope: a number between 0 and 1.

    Returns:
        out: (N, D).
        cache: whatever leaky_relu_backward needs.
    """
    ### BEGIN SOLUTION
    out = np.maximum(slope * x, x)
    cache = (x, slope)
    return out, cache
    ### END SOLUTION


def leaky_relu_backward(dout, cache):
    """The gradient of the loss with respect to the leaky ReLU's input.

    Args:
        dout: (N, D), the gradient with respect to ``out``.
        cache: what leaky_relu_forward returned.

    Returns:
        dx: (N, D).
    """
    ### BEGIN SOLUTION
    x, slope = cache
    return np.where(x > 0, dout, slope * dout)
    ### END SOLUTION


def prelu_forward(x, alpha):
    """The parametric ReLU, ``max(alpha x, x)``: a leaky ReLU whose slopes are learned.

    Args:
        x: (N, D).
        alpha: (D,), one slope a feature, each between 0 and 1.

    Returns:
        out: (N, D).
        cache: whatever prelu_backward needs.
    """
    ### BEGIN SOLUTION
    out = np.maximum(alpha * x, x)  # (D,) * (N, D) -> (N, D)
    cache = (x, alpha)
    return out, cache
    ### END SOLUTION


def prelu_backward(dout, cache):
    """The gradients of the loss: one more parameter to backprop into.

    Args:
        dout: (N, D), the gradient with respect to ``out``.
        cache: what prelu_forward returned.

    Returns:
        dx: (N, D).
        dalpha: (D,).
    """
    ### BEGIN SOLUTION
    x, alpha = cache
    dx = np.where(x > 0, dout, alpha * dout)
    dalpha = np.sum(np.where(x > 0, 0, x * dout), axis=0)  # (N, D) -> (D,)
    return dx, dalpha
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    pieces = x @ W + b[:, np.newaxis, :]  # (N, D) @ (k, D, H) + (k, 1, H) -> (k, N, H)
    out = np.max(pieces, axis=0)  # (N, H)
    winner = np.argmax(pieces, axis=0)  # (N, H), each in [0, k)
    cache = (x, W, winner)
    return out, cache
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    x, W, winner = cache
    k = len(W)
    won = winner == np.arange(k)[:, np.newaxis, np.newaxis]  # (k, N, H)
    dpieces = np.where(won, dout, 0)  # (k, N, H): only the winning piece hears of the loss
    dx = np.sum(dpieces @ W.transpose(0, 2, 1), axis=0)  # (k, N, H) @ (k, H, D) -> (N, D)
    dW = x.T @ dpieces  # (D, N) @ (k, N, H) -> (k, D, H)
    db = np.sum(dpieces, axis=1)  # (k, N, H) -> (k, H)
    return dx, dW, db
    ### END SOLUTION


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
