import numpy as np


def tanh_forward(x):
    return np.tanh(x), np.tanh(x)


def tanh_backward(dout, t):
    return dout * (1 - t)
