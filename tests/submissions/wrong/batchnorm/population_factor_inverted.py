import numpy as np


def population_statistics(batches):
    m = batches.shape[1]
    return batches.mean(axis=(0, 1)), batches.var(axis=1).mean(axis=0) * (m - 1) / m
