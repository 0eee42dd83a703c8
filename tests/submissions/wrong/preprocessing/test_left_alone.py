import numpy as np


def subtract_channel_mean(train, test):
    return train - train.mean(axis=(0, 1, 2)), test.astype(float)
