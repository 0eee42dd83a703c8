import numpy as np


def population_statistics(batches):
    samples = batches.reshape(-1, batches.shape[2])
    return samples.mean(axis=0), samples.var(axis=0, ddof=1)
