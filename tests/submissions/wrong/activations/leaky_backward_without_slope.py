import numpy as np


def leaky_relu_forward(x, slope=0.01):
    return np.maximum(slope * x, x), x


def leaky_relu_backward(dout, x):
    return dout * (x > 0)
