import numpy as np

from nn.helpers import center


def batchnorm_forward(x, gamma, beta, eps=1e-5):
    centered, _ = center(x)
    std = np.sqrt(np.mean(centered**2, axis=0) + eps)
    return gamma * centered / std + beta, (centered / std, std, gamma)


def batchnorm_backward(dout, cache):
    x_hat, std, gamma = cache
    dx_hat, _ = center(gamma * dout)
    return (dx_hat - x_hat * np.mean(x_hat * dx_hat, axis=0)) / std, (dout * x_hat).sum(0), dout.sum(0)
