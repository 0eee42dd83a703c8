import numpy as np


def batchnorm_forward(x, gamma, beta, eps=1e-5):
    mu = x.mean(axis=0)
    inv = 1.0 / np.sqrt(x.var(axis=0) + eps)
    x_hat = (x - mu) * inv
    cache = np.array([None, None, None], dtype=object)
    for i, part in enumerate((x_hat, gamma, inv)):
        cache[i] = part
    return gamma * x_hat + beta, cache


def batchnorm_backward(dout, cache):
    x_hat, gamma, inv = cache
    dbeta = dout.sum(axis=0)
    dgamma = (dout * x_hat).sum(axis=0)
    m = dout.shape[0]
    return gamma * inv / m * (m * dout - dbeta - x_hat * dgamma), dgamma, dbeta
