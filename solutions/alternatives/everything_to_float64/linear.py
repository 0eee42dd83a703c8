import numpy as np


def affine_forward(x, W, b):
    x, W, b = (np.asarray(a, dtype=np.float64) for a in (x, W, b))
    return np.vstack([x.T, np.ones(len(x))]).T @ np.vstack([W, b]), (x, W)  # the bias trick


def affine_backward(dout, cache):
    x, W = cache
    dout = np.asarray(dout, dtype=np.float64)
    both = np.vstack([x.T, np.ones(len(x))]) @ dout
    return dout @ W.T, both[:-1], both[-1]
