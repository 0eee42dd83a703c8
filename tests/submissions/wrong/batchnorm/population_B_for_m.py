import numpy as np


def population_statistics(batches):
    B = len(batches)
    return batches.mean(axis=(0, 1)), batches.var(axis=1).mean(axis=0) * B / max(B - 1, 1)
