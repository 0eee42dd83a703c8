import numpy as np


def tanh_forward(x):
    t = (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))
    return t, t


def tanh_backward(dout, t):
    return dout * (1 - t**2)
