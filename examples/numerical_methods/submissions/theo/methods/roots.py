import numpy as np


def horner(coefficients, x):
    p, dp = np.zeros_like(x), np.zeros_like(x)
    for c in coefficients:
        dp = dp * x + p
        p = p * x + c
    return p, dp


def newton(coefficients, x, steps):
    path = [x.copy()]
    for _ in range(steps):
        p, dp = horner(coefficients, x)
        x -= p / dp
        path.append(x.copy())
    return np.array(path)


def bisect(coefficients, a, b, steps):
    raise NotImplementedError
