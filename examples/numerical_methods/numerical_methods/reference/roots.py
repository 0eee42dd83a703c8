"""Polynomials and where they vanish.  ``coefficients (K,)`` begin with the highest power's."""

import numpy as np


def horner(coefficients, x):
    """A polynomial and its derivative by Horner's scheme.

    Args:
        coefficients: (K,), the highest power's first.
        x: (N,).

    Returns:
        p: (N,), the polynomial's values.
        dp: (N,), its derivative's.
    """
    ### BEGIN SOLUTION
    p, dp = np.zeros_like(x), np.zeros_like(x)
    for c in coefficients:
        # The product rule, before p moves on.
        dp = dp * x + p
        p = p * x + c
    return p, dp
    ### END SOLUTION


def newton(coefficients, x, steps):
    """Newton's method from several starts at once, ``x <- x - p(x) / p'(x)``.

    Args:
        coefficients: (K,).
        x: (N,), the starts.
        steps: how many steps to take.

    Returns:
        path: (steps + 1, N), the starts first.
    """
    ### BEGIN SOLUTION
    path = [x]
    for _ in range(steps):
        p, dp = horner(coefficients, path[-1])
        path.append(path[-1] - p / dp)
    return np.array(path)
    ### END SOLUTION


def bisect(coefficients, a, b, steps):
    """Bisection of several intervals at once: each step keeps the half in which the sign changes.

    Args:
        coefficients: (K,).
        a: (N,), the intervals' lower ends.
        b: (N,), their upper ends, where the polynomial has the other sign.
        steps: how many times to halve them.

    Returns:
        a, b: (N,), the ends afterwards.
    """
    ### BEGIN SOLUTION
    for _ in range(steps):
        middle = (a + b) / 2
        left = np.sign(horner(coefficients, middle)[0]) == np.sign(horner(coefficients, a)[0])
        a, b = np.where(left, middle, a), np.where(left, b, middle)
    return a, b
    ### END SOLUTION
