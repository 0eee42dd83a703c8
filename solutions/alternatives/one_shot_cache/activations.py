import numpy as np


def tanh_forward(x):
    def steps():
        dout = yield
        yield dout / np.cosh(np.clip(x, -300, 300)) ** 2

    cache = steps()
    next(cache)
    return np.tanh(x), cache


def tanh_backward(dout, cache):
    return cache.send(dout)


def relu_forward(x):
    return np.maximum(x, 0), [x > 0]


def relu_backward(dout, cache):
    return dout * cache.pop()
