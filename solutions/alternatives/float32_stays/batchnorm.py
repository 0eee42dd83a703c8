import numpy as np


def batchnorm_forward(x, gamma, beta, eps=1e-5):
    eps = x.dtype.type(eps)
    mu = x.mean(axis=0, dtype=x.dtype)
    var = np.square(x - mu).mean(axis=0, dtype=x.dtype)
    rstd = (x.dtype.type(1) / np.sqrt(var + eps)).astype(x.dtype)
    z = (x - mu) * rstd
    return (gamma * z + beta).astype(x.dtype), (z, gamma, rstd)


def batchnorm_backward(dout, cache):
    z, gamma, rstd = cache
    m = dout.dtype.type(len(dout))
    dgamma, dbeta = (dout * z).sum(axis=0), dout.sum(axis=0)
    return (gamma * rstd * (dout - dbeta / m - z * dgamma / m)).astype(dout.dtype), dgamma, dbeta
