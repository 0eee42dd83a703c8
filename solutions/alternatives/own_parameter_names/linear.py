import numpy as np


def affine_forward(data, weights, bias, /):
    return np.dot(data, weights) + bias, {"data": data, "weights": weights}


def affine_backward(upstream, saved, /):
    return np.dot(upstream, saved["weights"].T), np.dot(saved["data"].T, upstream), upstream.sum(0)


def quadratic_features(*args):
    (data,) = args
    a, b = np.triu_indices(data.shape[1])
    return np.concatenate((data, data.take(a, axis=1) * data.take(b, axis=1)), axis=1)
