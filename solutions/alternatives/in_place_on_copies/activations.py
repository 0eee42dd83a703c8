import numpy as np


def relu_forward(x):
    out = x.copy()
    np.maximum(out, 0, out=out)
    return out, x.copy()


def relu_backward(dout, x):
    x[x <= 0] = 0  # x is our own copy
    x[x > 0] = 1
    x *= dout
    return x


def tanh_forward(x):
    out = np.empty(x.shape)
    np.tanh(x, out=out)
    return out, out.copy()


def tanh_backward(dout, t):
    t *= t
    np.subtract(1, t, out=t)
    t *= dout
    return t


def prelu_forward(x, alpha):
    out = np.maximum(x, 0)
    out += alpha * np.minimum(x, 0)
    return out, (x.copy(), alpha.copy())


def prelu_backward(dout, cache):
    x, alpha = cache
    dx = dout.copy()
    dx[x < 0] = (dx * alpha)[x < 0]
    np.minimum(x, 0, out=x)
    x *= dout
    return dx, x.sum(axis=0)
