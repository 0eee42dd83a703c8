import numpy as np


def prelu_forward(x, alpha):
    return np.maximum(alpha * x, x), (x, alpha)


def prelu_backward(dout, cache):
    x, alpha = cache
    return np.where(x > 0, dout, alpha * dout), np.sum(np.where(x > 0, 0, x * dout))
