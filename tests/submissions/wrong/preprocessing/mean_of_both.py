import numpy as np


def subtract_mean_image(train, test):
    mean = np.concatenate([train, test]).mean(axis=0)
    return train - mean, test - mean
