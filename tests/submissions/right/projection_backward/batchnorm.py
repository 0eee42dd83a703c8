import numpy as np


def batchnorm_forward(x, gamma, beta, eps=1e-5):
    m = len(x)
    centering = np.eye(m) - 1 / m
    c = centering @ (x - x[0])
    std = np.sqrt(np.linalg.norm(c, axis=0) ** 2 / m + eps)
    return gamma * (c / std) + beta, (centering, c / std, gamma / std)


def batchnorm_backward(dout, cache):
    """The gradient's parts along the ones and along x_hat are taken out."""
    centering, x_hat, scale = cache
    along = x_hat * np.mean(x_hat * dout, axis=0)
    return scale * (centering @ dout - along), np.diag(x_hat.T @ dout), dout.T @ np.ones(len(dout))
