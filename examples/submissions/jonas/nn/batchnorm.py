import numpy as np


def batchnorm_forward(x, gamma, beta, eps=1e-5):
    c = x - x.mean(0)
    r = 1 / np.sqrt((c * c).mean(0) + eps)
    return gamma * c * r + beta, (c * r, gamma * r)


def batchnorm_backward(d, cache):
    h, s = cache
    return s * (d - d.mean(0) - h * (d * h).mean(0)), (d * h).sum(0), d.sum(0)


undo_parameters = lambda x, eps=1e-5: (np.hypot(x.std(0), eps**0.5), x.mean(0))
population_statistics = lambda batches: (batches.mean((0, 1)), batches.var(1, ddof=1).mean(0))
inference_parameters = lambda g, b, mean, var, eps=1e-5: (s := g / np.sqrt(var + eps), b - s * mean)
batchnorm_inference = lambda x, scale, shift: scale * x + shift
