import numpy as np


def subtract_mean_image(train, test):
    mean = train.mean(axis=0).astype(train.dtype)
    return train - mean, test - mean
