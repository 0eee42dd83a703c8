import numpy as np


def sigmoid_forward(x):
    s = np.exp(-np.logaddexp(0, x))
    return s, s


def sigmoid_backward(dout, s):
    return -dout * s * (1 - s)
