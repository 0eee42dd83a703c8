import numpy as np


def batchnorm_forward(x, gamma, beta, eps=1e-5):
    """The computational graph, one elementary operation at a time."""
    N, D = x.shape
    mu = 1.0 / N * np.sum(x, axis=0)
    centered = x - mu
    squared = centered**2
    var = 1.0 / N * np.sum(squared, axis=0)
    root = np.sqrt(var + eps)
    inverse = 1.0 / root
    normalised = centered * inverse
    scaled = gamma * normalised
    out = scaled + beta
    cache = (normalised, gamma, centered, inverse, root, var, eps, N, D, "batchnorm", x, beta)
    return out, cache


def batchnorm_backward(dout, cache):
    normalised, gamma, centered, inverse, root, var, eps, N, D, _, _, _ = cache
    # step 9
    dbeta = np.sum(dout, axis=0)
    dscaled = dout
    # step 8
    dgamma = np.sum(dscaled * normalised, axis=0)
    dnormalised = dscaled * gamma
    # step 7
    dinverse = np.sum(dnormalised * centered, axis=0)
    dcentered_1 = dnormalised * inverse
    # step 6
    droot = -1.0 / root**2 * dinverse
    # step 5
    dvar = 0.5 / np.sqrt(var + eps) * droot
    # step 4
    dsquared = 1.0 / N * np.ones((N, D)) * dvar
    # step 3
    dcentered_2 = 2 * centered * dsquared
    # step 2
    dx_1 = dcentered_1 + dcentered_2
    dmu = -np.sum(dx_1, axis=0)
    # step 1
    dx_2 = 1.0 / N * np.ones((N, D)) * dmu
    return dx_1 + dx_2, dgamma, dbeta
