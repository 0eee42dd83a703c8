import numpy as np


def population_statistics(batches):
    mean = 0
    var = 0
    for batch in batches:
        m = batch.shape[0]
        mu = batch.sum(axis=0) / m
        mean = mean + mu
        var = var + ((batch - mu) ** 2).sum(axis=0) / m * m / (m - 1)
    return mean / len(batches), var / len(batches)


def undo_parameters(x, eps=1e-5):
    return np.sqrt(eps) * np.sqrt(1 + np.var(x, axis=0) / eps), np.average(x, axis=0)
