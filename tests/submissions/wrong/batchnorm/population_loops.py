import numpy as np


def population_statistics(batches):
    B, m, D = batches.shape
    mean, var = np.zeros(D), np.zeros(D)
    for d in range(D):
        for batch in batches:
            mu = sum(batch[i, d] for i in range(m)) / m
            mean[d] += mu / B
            var[d] += sum((batch[i, d] - mu) ** 2 for i in range(m)) / (m - 1) / B
    return mean, var
