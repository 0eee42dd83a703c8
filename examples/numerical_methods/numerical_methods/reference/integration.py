"""Integrals of sampled functions."""

import numpy as np


def trapezoid(y, x):
    """The integral of the broken line through the samples (the trapezoidal rule).

    Args:
        y: (N, D), D functions at N points.
        x: (N,), the points in rising order, not evenly spaced.

    Returns:
        integrals: (D,).
    """
    ### BEGIN SOLUTION
    widths = np.diff(x)[:, None]  # (N-1, 1)
    return np.sum(widths * (y[1:] + y[:-1]) / 2, axis=0)
    ### END SOLUTION


def simpson(y, dx):
    """Simpson's composite rule, ``dx/3 (y_0 + 4 y_1 + 2 y_2 + ... + 4 y_{N-2} + y_{N-1})``.

    Args:
        y: (N, D), D functions at N evenly spaced points; N is odd.
        dx: a number, the points' distance.

    Returns:
        integrals: (D,); exact for cubic polynomials.
    """
    ### BEGIN SOLUTION
    weights = np.full(len(y), 2.0)
    weights[1::2] = 4
    weights[[0, -1]] = 1
    return dx / 3 * (weights @ y)
    ### END SOLUTION
