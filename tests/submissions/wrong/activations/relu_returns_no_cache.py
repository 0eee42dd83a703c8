import numpy as np


def relu_forward(x):
    return np.maximum(0, x)


def relu_backward(dout, cache):
    return dout * (cache > 0)
