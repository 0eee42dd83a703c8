"""Centring of images."""

from __future__ import annotations

import numpy as np


def subtract_mean_image(train, test):
    train_as_float = train.astype(np.float64)
    test_as_float = test.astype(np.float64)
    number_of_images = train_as_float.shape[0]
    mean_image = np.sum(train_as_float, axis=0) / number_of_images
    return train_as_float - mean_image, test_as_float - mean_image


def subtract_channel_mean(train, test):
    train_as_float = train.astype(np.float64)
    test_as_float = test.astype(np.float64)
    number_of_channels = train.shape[3]
    channel_means = np.zeros(number_of_channels)
    for channel in range(number_of_channels):
        channel_means[channel] = np.mean(train_as_float[:, :, :, channel])
    return train_as_float - channel_means, test_as_float - channel_means
