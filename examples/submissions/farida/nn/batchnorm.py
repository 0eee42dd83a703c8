import numpy as np


def batchnorm_forward(x, gamma, beta, eps=1e-5):
    mu = np.mean(x, axis=0)
    var = np.var(x, axis=0)  # 1/m, as in Algorithm 1
    std = np.sqrt(var + eps)
    x_hat = (x - mu) / std
    out = gamma * x_hat + beta
    cache = (x_hat, gamma, std)
    return out, cache


def batchnorm_backward(dout, cache):
    x_hat, gamma, std = cache
    N = dout.shape[0]
    dgamma = np.sum(dout * x_hat, axis=0)
    dbeta = np.sum(dout, axis=0)
    dx_hat = dout * gamma
    dmu = -np.sum(dx_hat / std, axis=0)
    dx = dx_hat / std + dmu / N
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
