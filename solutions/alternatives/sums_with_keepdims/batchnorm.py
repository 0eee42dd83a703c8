import numpy as np


def batchnorm_forward(x, gamma, beta, eps=1e-5):
    mean = np.mean(x, axis=0, keepdims=True)
    var = np.var(x, axis=0, keepdims=True)
    norm = (x - mean) / np.sqrt(var + eps)
    return gamma * norm + beta, (norm, gamma, var, eps)


def batchnorm_backward(dout, cache):
    norm, gamma, var, eps = cache
    dgamma = np.sum(dout * norm, axis=0, keepdims=True)  # (1, D)
    dbeta = np.sum(dout, axis=0, keepdims=True)
    dx = gamma / np.sqrt(var + eps) * (dout - dbeta / len(dout) - norm * dgamma / len(dout))
    return dx, dgamma, dbeta


def undo_parameters(x, eps=1e-5):
    return np.sqrt(np.var(x, axis=0, keepdims=True) + eps), np.mean(x, axis=0, keepdims=True)


def population_statistics(batches):
    m = batches.shape[1]
    mean = batches.mean(axis=1, keepdims=True).mean(axis=0)  # (1, D)
    var = batches.var(axis=1, keepdims=True).mean(axis=0) * m / (m - 1)
    return mean, var
