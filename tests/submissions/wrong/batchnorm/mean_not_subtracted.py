import numpy as np


def batchnorm_forward(x, gamma, beta, eps=1e-5):
    std = np.sqrt(x.var(axis=0) + eps)
    x_hat = x / std
    return gamma * x_hat + beta, (x_hat, x_hat - x_hat.mean(axis=0), gamma, std)


def batchnorm_backward(dout, cache):
    x_hat, centered, gamma, std = cache
    g = gamma * dout
    return (g - centered * (g * x_hat).mean(axis=0)) / std, (dout * x_hat).sum(axis=0), dout.sum(axis=0)
