import numpy as np


def batchnorm_forward(x, gamma, beta, eps=1e-5):
    N = len(x)
    c = x - np.einsum("nd->d", x) / N
    r = (np.einsum("nd,nd->d", c, c) / N + eps) ** -0.5
    xhat = np.einsum("nd,d->nd", c, r)
    return np.einsum("nd,d->nd", xhat, gamma) + beta, (xhat, gamma * r)


def batchnorm_backward(dout, cache):
    xhat, scale = cache
    N = len(dout)
    dgamma = np.einsum("nd,nd->d", dout, xhat)
    dbeta = np.einsum("nd->d", dout)
    return np.einsum("d,nd->nd", scale, dout - dbeta / N - np.einsum("nd,d->nd", xhat, dgamma) / N), dgamma, dbeta


def population_statistics(batches):
    B, m, _ = batches.shape
    mu = np.einsum("bmd->bd", batches) / m
    c = batches - mu[:, None]
    return np.einsum("bd->d", mu) / B, np.einsum("bmd,bmd->d", c, c) / (B * (m - 1))
