import numpy as np


def subtract_channel_mean(train, test):
    mean = np.round(train.mean(axis=(0, 1, 2)))
    return train - mean, test - mean
