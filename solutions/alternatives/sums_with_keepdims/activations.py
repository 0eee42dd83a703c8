import numpy as np


def prelu_forward(x, alpha):
    return np.maximum(0, x) + alpha * np.minimum(0, x), (x, alpha)


def prelu_backward(dout, cache):
    x, alpha = cache
    dx = dout * (x > 0) + dout * alpha * (x < 0)
    return dx, np.sum(dout * np.minimum(0, x), axis=0, keepdims=True)
