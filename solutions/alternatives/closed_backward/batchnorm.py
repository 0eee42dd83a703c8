import numpy as np


def batchnorm_forward(x, gamma, beta, eps=1e-5):
    mu, var = x.mean(0), x.var(0)
    return (x - mu) * gamma / np.sqrt(var + eps) + beta, (x, gamma, mu, var, eps)


def batchnorm_backward(dout, cache):
    x, gamma, mu, var, eps = cache
    m = x.shape[0]
    # in one line, with x itself in place of the normalised x
    dx = gamma / m / np.sqrt(var + eps) * (m * dout - dout.sum(0) - (x - mu) / (var + eps) * (dout * (x - mu)).sum(0))
    dgamma = ((x - mu) / np.sqrt(var + eps) * dout).sum(0)
    return dx, dgamma, dout.sum(0)
