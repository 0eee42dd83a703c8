"""Functions that several of my modules share."""

import numpy as np


def stable_sigmoid(z):
    return np.exp(np.minimum(z, 0)) / (1 + np.exp(-np.abs(z)))


def center(x, axis=0):
    mean = x.mean(axis=axis)
    return x - mean, mean
