import numpy as np


def relu_forward(x):
    out = np.array(x)
    out[out < 0] = 0
    return out, out > 0


def relu_backward(dout, mask):
    dx = np.zeros(dout.shape)
    dx[mask] = dout[mask]
    return dx


def leaky_relu_forward(x, slope=0.01):
    out = np.array(x)
    out[x < 0] *= slope
    return out, (x < 0, slope)


def leaky_relu_backward(dout, cache):
    negative, slope = cache
    dx = dout.copy()
    dx[negative] *= slope
    return dx


def prelu_forward(x, alpha):
    out = x.copy()
    rows, columns = np.nonzero(x < 0)
    out[rows, columns] *= alpha[columns]
    return out, (x, alpha)


def prelu_backward(dout, cache):
    x, alpha = cache
    dx = dout.copy()
    rows, columns = np.nonzero(x < 0)
    dx[rows, columns] *= alpha[columns]
    dalpha = np.bincount(columns, weights=(dout * x)[rows, columns], minlength=len(alpha))
    return dx, dalpha
