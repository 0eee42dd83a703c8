import numpy as np


def sigmoid_forward(x):
    # beyond 500 nothing changes any more, and exp does not overflow
    out = 1.0 / (1.0 + np.exp(-np.clip(x, -500, 500)))
    return out, out


def sigmoid_backward(dout, out):
    return dout * out * (1.0 - out)


def tanh_forward(x):
    s, _ = sigmoid_forward(2 * x)
    return 2 * s - 1, 2 * s - 1


def tanh_backward(dout, out):
    return dout * (1.0 - out**2)
