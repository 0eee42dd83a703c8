import numpy as np


def subtract_mean_image(train, test):
    mean = np.mean(train, axis=0)  # (H, W, C)
    # always the mean of the training set, also for the test images
    return train - mean, test - mean


def subtract_channel_mean(train, test):
    mean = np.mean(train, axis=(0, 1, 2))  # (C,)
    return train - mean, test - mean
