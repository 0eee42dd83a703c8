import numpy as np


def sigmoid_forward(x):
    # exp only of negative numbers, otherwise it overflows at x = -1000
    e = np.exp(-np.abs(x))
    out = np.where(x >= 0, 1 / (1 + e), e / (1 + e))
    return out, out


def sigmoid_backward(dout, cache):
    s = cache
    return dout * s * (1 - s)


def tanh_forward(x):
    out = np.tanh(x)
    return out, out


def tanh_backward(dout, cache):
    return dout * (1 - cache**2)


def relu_forward(x):
    return np.maximum(0, x), x


def relu_backward(dout, cache):
    x = cache
    return dout * (x > 0)


def leaky_relu_forward(x, slope=0.01):
    # TODO
    raise NotImplementedError


def leaky_relu_backward(dout, cache):
    # TODO
    raise NotImplementedError


def prelu_forward(x, alpha):
    # TODO
    raise NotImplementedError


def prelu_backward(dout, cache):
    # TODO
    raise NotImplementedError


def maxout_forward(x, W, b):
    # TODO
    raise NotImplementedError


def maxout_backward(dout, cache):
    # TODO
    raise NotImplementedError
