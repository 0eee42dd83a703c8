import numpy as np


def batchnorm_forward(x, gamma, beta, eps=1e-5):
    x = x.copy()
    x -= x.mean(axis=0)
    std = np.sqrt(x.var(axis=0) + eps)
    x /= std
    out = gamma * x
    out += beta
    return out, [x, gamma / std]


def batchnorm_backward(dout, cache):
    x_hat, scale = cache
    dx = dout.copy()
    dgamma = np.sum(dout * x_hat, axis=0)
    dx -= dout.mean(axis=0)
    dx -= x_hat * (dgamma / len(dout))
    dx *= scale
    return dx, dgamma, dout.sum(axis=0)
