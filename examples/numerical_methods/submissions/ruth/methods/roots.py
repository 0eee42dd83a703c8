import numpy as np


def horner(coefficients, x):
    return np.polyval(coefficients, x), np.polyval(np.polyder(coefficients), x) * np.ones_like(x)


def newton(coefficients, x, steps):
    path = np.empty((steps + 1, len(x)))
    path[0] = x
    for k in range(steps):
        value, slope = horner(coefficients, path[k])
        path[k + 1] = path[k] - value / slope
    return path


def bisect(coefficients, a, b, steps):
    a, b = a.copy(), b.copy()
    for _ in range(steps):
        m = (a + b) / 2
        same = np.polyval(coefficients, a) * np.polyval(coefficients, m) > 0
        a[same] = m[same]
        b[~same] = m[~same]
    return a, b
