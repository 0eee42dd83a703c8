from functools import partial, singledispatch

import numpy as np


def _statistic(x, eps=1e-5, *, axis):
    return np.sqrt(np.var(x, axis=axis) + eps), np.mean(x, axis=axis)


undo_parameters = partial(_statistic, axis=0)


@singledispatch
def batchnorm_inference(x, scale, shift):
    raise TypeError(type(x))


@batchnorm_inference.register
def _(x: np.ndarray, scale, shift):
    return x * scale + shift


inference_parameters = lambda gamma, beta, mean, var, eps=1e-5: (
    gamma / np.sqrt(var + eps),
    beta - gamma / np.sqrt(var + eps) * mean,
)
