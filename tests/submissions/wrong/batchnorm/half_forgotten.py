import numpy as np


def batchnorm_forward(x, gamma, beta, eps=1e-5):
    mu = x.mean(axis=0)
    var = x.var(axis=0)
    x_hat = (x - mu) / np.sqrt(var + eps)
    return gamma * x_hat + beta, (x, x_hat, mu, var, gamma, eps)


def batchnorm_backward(dout, cache):
    x, x_hat, mu, var, gamma, eps = cache
    m = len(x)
    g = gamma * dout
    dvar = -(g * (x - mu)).sum(axis=0) * (var + eps) ** -1.5
    dx = g / np.sqrt(var + eps) + dvar * 2 * (x - mu) / m - g.mean(axis=0) / np.sqrt(var + eps)
    return dx, (dout * x_hat).sum(axis=0), dout.sum(axis=0)
