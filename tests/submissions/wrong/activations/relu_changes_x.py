import numpy as np


def relu_forward(x):
    x[x < 0] = 0
    return x, x > 0


def relu_backward(dout, mask):
    return dout * mask
