import numpy as np


def batchnorm_forward(x, gamma, beta, eps=1e-5):
    inv = 1 / np.sqrt(np.var(x, 0) + eps)
    xhat = (x - np.mean(x, 0)) * inv
    return xhat * gamma + beta, {"xhat": xhat, "gamma": gamma.copy(), "inv": inv}


def batchnorm_backward(dout, cache):
    """Takes the cache apart, and computes in its arrays."""
    xhat, gamma, inv = cache.pop("xhat"), cache.pop("gamma"), cache.pop("inv")
    dbeta = dout.sum(axis=0)
    dgamma = (dout * xhat).sum(axis=0)
    m = dout.shape[0]
    xhat *= dgamma
    xhat += dbeta
    xhat /= -m
    xhat += dout
    gamma *= inv
    xhat *= gamma
    return xhat, dgamma, dbeta
