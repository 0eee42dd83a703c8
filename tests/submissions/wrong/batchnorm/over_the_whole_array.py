import numpy as np


def batchnorm_forward(x, gamma, beta, eps=1e-5):
    std = np.sqrt(x.var() + eps)
    x_hat = (x - x.mean()) / std
    return gamma * x_hat + beta, (x_hat, gamma, std)


def batchnorm_backward(dout, cache):
    x_hat, gamma, std = cache
    g = gamma * dout
    return (g - g.mean() - x_hat * (g * x_hat).mean()) / std, (dout * x_hat).sum(axis=0), dout.sum(axis=0)
