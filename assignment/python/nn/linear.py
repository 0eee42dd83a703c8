"""The linear score, and features that let a linear score bend.

Shapes: N samples, D features, H units.
"""

import numpy as np


def affine_forward(x, W, b):
    """The linear score of every sample, ``out = x W + b``.

    Args:
        x: (N, D), one sample a row.
        W: (D, H), one unit a column.
        b: (H,), one bias a unit.

    Returns:
        out: (N, H).
        cache: whatever affine_backward needs.
    """
    raise NotImplementedError


def affine_backward(dout, cache):
    """The gradients of the loss with respect to the arguments of affine_forward.

    Args:
        dout: (N, H), the gradient with respect to ``out``.
        cache: what affine_forward returned.

    Returns:
        dx: (N, D).
        dW: (D, H).
        db: (H,).
    """
    raise NotImplementedError


def quadratic_features(x):
    """The kernel trick with an explicit phi: the features, and all their products of two.

    Args:
        x: (N, D).

    Returns:
        phi: (N, D + D(D+1)/2): the D features, then every product ``x_i x_j`` with ``i <= j``, in
            the order (1,1), (1,2), ..., (1,D), (2,2), ..., (D,D).
    """
    raise NotImplementedError
