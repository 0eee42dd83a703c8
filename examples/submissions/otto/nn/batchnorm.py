import math

import numpy as np


def batchnorm_forward(x, gamma, beta, eps=1e-5):
    N, D = x.shape
    out = np.zeros((N, D))
    x_hat = np.zeros((N, D))
    std = np.zeros(D)
    for d in range(D):
        mu = sum(x[n, d] for n in range(N)) / N
        var = sum((x[n, d] - mu) ** 2 for n in range(N)) / N
        std[d] = math.sqrt(var + eps)
        for n in range(N):
            x_hat[n, d] = (x[n, d] - mu) / std[d]
            out[n, d] = gamma[d] * x_hat[n, d] + beta[d]
    return out, (x_hat, std, gamma)


def batchnorm_backward(dout, cache):
    x_hat, std, gamma = cache
    N, D = dout.shape
    dx = np.zeros((N, D))
    dgamma = np.zeros(D)
    dbeta = np.zeros(D)
    for d in range(D):
        for n in range(N):
            dgamma[d] += dout[n, d] * x_hat[n, d]
            dbeta[d] += dout[n, d]
        for n in range(N):
            dx[n, d] = gamma[d] / std[d] * (dout[n, d] - dbeta[d] / N - x_hat[n, d] * dgamma[d] / N)
    return dx, dgamma, dbeta


def undo_parameters(x, eps=1e-5):
    gamma = np.sqrt(x.var(axis=0) + eps)
    beta = x.mean(axis=0)
    return gamma, beta


def population_statistics(batches):
    B, m, D = batches.shape
    mean = batches.mean(axis=1).mean(axis=0)
    var = batches.var(axis=1).mean(axis=0) * m / (m - 1)
    return mean, var


def inference_parameters(gamma, beta, mean, var, eps=1e-5):
    scale = gamma / np.sqrt(var + eps)
    shift = beta - scale * mean
    return scale, shift


def batchnorm_inference(x, scale, shift):
    return scale * x + shift
