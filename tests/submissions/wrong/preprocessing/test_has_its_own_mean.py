import numpy as np


def subtract_mean_image(train, test):
    return train - train.mean(axis=0), test - test.mean(axis=0)


def subtract_channel_mean(train, test):
    return train - train.mean(axis=(0, 1, 2)), test - test.mean(axis=(0, 1, 2))
