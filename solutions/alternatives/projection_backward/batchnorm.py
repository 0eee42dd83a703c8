import numpy as np


def batchnorm_forward(x, gamma, beta, eps=1e-5):
    m = len(x)
    one = np.full((m, 1), m**-0.5)  # the unit vector along (1, ..., 1)
    c = x - x[0]
    c = c - one * (one.T @ c)
    std = np.sqrt(np.linalg.norm(c, axis=0) ** 2 / m + eps)
    return gamma * (c / std) + beta, (one, c / std, gamma / std)


def batchnorm_backward(dout, cache):
    """The gradient's parts along the ones and along x_hat are taken out."""
    one, x_hat, scale = cache
    along_one = one * (one.T @ dout)
    along_x_hat = x_hat * np.mean(x_hat * dout, axis=0)
    return scale * (dout - along_one - along_x_hat), np.einsum("ij,ij->j", x_hat, dout), dout.T @ np.ones(len(dout))
