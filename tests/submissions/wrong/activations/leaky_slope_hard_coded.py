import numpy as np


def leaky_relu_forward(x, slope=0.01):
    return np.where(x > 0, x, 0.01 * x), x


def leaky_relu_backward(dout, x):
    return np.where(x > 0, dout, 0.01 * dout)
