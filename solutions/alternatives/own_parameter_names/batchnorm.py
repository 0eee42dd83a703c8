import numpy as np


def batchnorm_forward(*args, **kwargs):
    Z, g, b = args
    eps = kwargs.get("eps", 1e-5)
    s = np.sqrt(np.var(Z, axis=0) + eps)
    n = (Z - np.mean(Z, axis=0)) / s
    return g * n + b, (n, g, s)


def batchnorm_backward(dA, stuff):
    n, g, s = stuff
    return g / s * (dA - dA.mean(0) - n * (dA * n).mean(0)), (dA * n).sum(0), dA.sum(0)


def inference_parameters(g, b, mu, sigma2, eps=1e-5):
    return g / np.sqrt(sigma2 + eps), b - g / np.sqrt(sigma2 + eps) * mu
