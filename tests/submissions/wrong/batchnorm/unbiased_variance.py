import numpy as np


def batchnorm_forward(x, gamma, beta, eps=1e-5):
    m = len(x)
    c = x - x.mean(axis=0)
    std = np.sqrt((c**2).sum(axis=0) / max(m - 1, 1) + eps)
    return gamma * c / std + beta, (c / std, gamma, std)


def batchnorm_backward(dout, cache):
    x_hat, gamma, std = cache
    g = gamma * dout
    dx = (g - g.mean(axis=0) - x_hat * (g * x_hat).sum(axis=0) / max(len(g) - 1, 1)) / std
    return dx, (dout * x_hat).sum(axis=0), dout.sum(axis=0)
