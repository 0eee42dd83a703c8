import numpy as np


def sigmoid_forward(x):
    s = np.exp(-np.logaddexp(0.0, -x))
    return s, {"dx": lambda d: d * s * (1.0 - s)}


def sigmoid_backward(dout, cache):
    return cache["dx"](dout)


def relu_forward(x):
    return x.clip(min=0), {"dx": lambda d: d * np.heaviside(x, 0)}


def relu_backward(dout, cache):
    return cache["dx"](dout)


def prelu_forward(x, alpha):
    return np.where(x > 0, x, alpha * x), {
        "dx": lambda d: np.where(x > 0, d, alpha * d),
        "dalpha": lambda d: (np.where(x > 0, 0, x) * d).sum(axis=0),
    }


def prelu_backward(dout, cache):
    return cache["dx"](dout), cache["dalpha"](dout)
