import numpy as np


def affine_forward(x, W, b):
    return np.dot(x, W) + b, (x, W, b)


def affine_backward(dout, cache):
    x, W, _ = cache
    return np.dot(dout, W.T), np.dot(x.T, dout), np.sum(dout, axis=0, keepdims=True)
