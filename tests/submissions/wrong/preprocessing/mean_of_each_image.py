import numpy as np


def subtract_mean_image(train, test):
    return tuple(images - images.mean(axis=(1, 2, 3), keepdims=True) for images in (train, test))
