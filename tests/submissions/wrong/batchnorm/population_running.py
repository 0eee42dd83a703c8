import numpy as np


def population_statistics(batches):
    mean, var = 0, 1
    for batch in batches:
        mean = 0.9 * mean + 0.1 * batch.mean(axis=0)
        var = 0.9 * var + 0.1 * batch.var(axis=0, ddof=1)
    return mean, var
