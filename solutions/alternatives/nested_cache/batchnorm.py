import numpy as np


def batchnorm_forward(x, gamma, beta, eps=1e-5):
    mean = np.mean(x, axis=0)
    var = np.var(x, axis=0)
    x_hat = (x - mean) / np.sqrt(var + eps)
    cache = (((x, (mean, var)), {"x_hat": [x_hat]}), (gamma, beta), eps)
    return gamma * x_hat + beta, cache


def batchnorm_backward(dout, cache):
    ((x, (mean, var)), saved), (gamma, beta), eps = cache
    [x_hat] = saved["x_hat"]
    m = x.shape[0]
    dx_hat = dout * gamma
    dvar = -0.5 * (var + eps) ** (-3 / 2) * ((x - mean) * dx_hat).sum(axis=0)
    dmean = -((var + eps) ** -0.5) * dx_hat.sum(axis=0)
    dx = dx_hat * (var + eps) ** -0.5 + 2 / m * (x - mean) * dvar + dmean / m
    return dx, (dout * x_hat).sum(axis=0), dout.sum(axis=0)
