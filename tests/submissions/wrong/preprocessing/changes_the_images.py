import numpy as np


def subtract_mean_image(train, test):
    mean = train.mean(axis=0)
    if train.dtype == np.uint8:
        return train - mean, test - mean
    train -= mean
    test -= mean
    return train, test
