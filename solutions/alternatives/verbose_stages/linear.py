"""Linear layer and quadratic features.  Every intermediate result has a name."""

from __future__ import annotations

import numpy as np


def affine_forward(x, W, b):
    number_of_samples, number_of_features = x.shape
    assert W.shape[0] == number_of_features, "W must have one row for each feature"
    weighted_input = np.matmul(x, W)
    bias_for_every_sample = np.tile(b, (number_of_samples, 1))
    out = weighted_input + bias_for_every_sample
    assert out.shape == (number_of_samples, W.shape[1])
    cache = {"x": x, "W": W}
    return out, cache


def affine_backward(dout, cache):
    # out = weighted_input + bias_for_every_sample
    dweighted_input = dout
    dbias_for_every_sample = dout
    # bias_for_every_sample = tile(b)
    db = np.sum(dbias_for_every_sample, axis=0)
    # weighted_input = x W
    dx = np.matmul(dweighted_input, np.transpose(cache["W"]))
    dW = np.matmul(np.transpose(cache["x"]), dweighted_input)
    return (dx, dW, db)


def quadratic_features(x):
    number_of_samples, number_of_features = x.shape
    blocks = []
    blocks.append(x)
    for first in range(number_of_features):
        this_column = x[:, first].reshape(number_of_samples, 1)
        this_and_later_columns = x[:, first:number_of_features]
        block = this_column * this_and_later_columns
        blocks.append(block)
    all_features = np.concatenate(blocks, axis=1)
    return all_features
