import numpy as np


def tanh_forward(x):
    return np.tanh(x), x


def tanh_backward(dout, x):
    return dout / x**2
