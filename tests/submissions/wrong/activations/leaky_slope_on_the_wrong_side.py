import numpy as np


def leaky_relu_forward(x, slope=0.01):
    return np.where(x > 0, slope * x, x), (x, slope)


def leaky_relu_backward(dout, cache):
    x, slope = cache
    return np.where(x > 0, slope * dout, dout)
