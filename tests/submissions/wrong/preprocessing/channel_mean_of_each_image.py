import numpy as np


def subtract_channel_mean(train, test):
    return tuple(images - images.mean(axis=(1, 2), keepdims=True) for images in (train, test))
