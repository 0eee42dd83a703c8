import numpy as np


def relu_forward(x):
    return (x + np.abs(x)) / 2, np.sign(x)


def relu_backward(dout, sign):
    return dout * (sign + 1) / 2


def leaky_relu_forward(x, slope=0.01):
    return (1 + slope) / 2 * x + (1 - slope) / 2 * np.abs(x), (np.sign(x), slope)


def leaky_relu_backward(dout, cache):
    sign, slope = cache
    return dout * ((1 + slope) / 2 + (1 - slope) / 2 * sign)


def prelu_forward(x, alpha):
    return (x + abs(x)) / 2 + alpha * (x - abs(x)) / 2, (x, alpha)


def prelu_backward(dout, cache):
    x, alpha = cache
    return np.choose((x > 0).astype(int), [alpha * dout, dout]), ((x - abs(x)) / 2 * dout).sum(axis=0)
