import numpy as np


def subtract_mean_image(train, test):
    train_mean = np.mean(train, axis=0)
    test_mean = np.mean(test, axis=0)
    return train - train_mean, test - test_mean


def subtract_channel_mean(train, test):
    # both sets end up with mean 0 in every channel
    train_mean = np.mean(train, axis=(0, 1, 2))
    test_mean = np.mean(test, axis=(0, 1, 2))
    return train - train_mean, test - test_mean
