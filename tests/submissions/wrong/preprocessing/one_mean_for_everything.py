import numpy as np


def subtract_mean_image(train, test):
    return train - train.mean(), test - train.mean()


subtract_channel_mean = subtract_mean_image
