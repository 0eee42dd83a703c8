import numpy as np


def relu_forward(x):
    out = np.maximum(0, x)
    return out, out


def relu_backward(dout, out):
    return np.where(out > 0, dout, 0)  # > 0, so the output will do


def leaky_relu_forward(x, slope=0.01):
    out = np.maximum(x, slope * x)
    return out, (out, slope)


def leaky_relu_backward(dout, cache):
    out, slope = cache
    return np.where(out >= 0, dout, slope * dout)
