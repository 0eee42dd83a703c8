import numpy as np


def tanh_forward(x):
    return np.tanh(x), x


def tanh_backward(dout, x):
    return dout * (1 - x**2)
