"""Data pre-processing: images around zero.

Shapes: N images of height H and width W, with C channels.
"""

import numpy as np


def subtract_mean_image(train, test):
    """Take the mean image of the training set from every image (as AlexNet does).

    Args:
        train: (N, H, W, C), floats or uint8.
        test: (M, H, W, C), likewise.

    Returns:
        train, test: floats, shapes as they came.
    """
    raise NotImplementedError


def subtract_channel_mean(train, test):
    """Take the mean of each channel of the training set from every pixel (as VGG-Net does).

    Args:
        train: (N, H, W, C), floats or uint8.
        test: (M, H, W, C), likewise.

    Returns:
        train, test: floats, shapes as they came.
    """
    raise NotImplementedError
