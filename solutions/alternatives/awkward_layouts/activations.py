import numpy as np


def prelu_forward(x, alpha):
    # every feature by itself would be too slow: all of them, transposed
    return np.maximum(x.T, 0).T + (np.minimum(x.T, 0) * alpha.reshape(-1, 1)).T, [x.T, alpha.reshape(-1, 1)]


def prelu_backward(dout, cache):
    xt, a = cache
    return (dout.T * np.where(xt > 0, 1, a)).T, np.squeeze((dout.T * np.minimum(xt, 0)).sum(axis=1, keepdims=True), 1)
