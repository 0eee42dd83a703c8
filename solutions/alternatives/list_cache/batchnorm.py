import numpy as np


def batchnorm_forward(x, gamma, beta, eps=1e-5):
    cache = [x, gamma, x.mean(axis=0), x.var(axis=0), eps]
    x_hat = (x - cache[2]) / np.sqrt(cache[3] + cache[4])
    return [x_hat * gamma + beta, cache]


def batchnorm_backward(dout, cache):
    x, gamma, mu, var, eps = cache
    m = len(x)
    s = np.sqrt(var + eps)
    x_hat = (x - mu) / s
    g = dout * gamma
    dvar = -0.5 * np.sum(g * (x - mu), axis=0) / s**3
    dmu = -np.sum(g, axis=0) / s - 2.0 * dvar * np.mean(x - mu, axis=0)
    dx = g / s + dvar * 2.0 * (x - mu) / m + dmu / m
    return [dx, np.sum(dout * x_hat, axis=0), np.sum(dout, axis=0)]


def inference_parameters(gamma, beta, mean, var, eps=1e-5):
    scale = gamma / np.sqrt(var + eps)
    return [scale, beta - mean * scale]


def population_statistics(batches):
    m = batches.shape[1]
    return [batches.mean(axis=(0, 1)), m / (m - 1) * batches.var(axis=1).mean(axis=0)]
