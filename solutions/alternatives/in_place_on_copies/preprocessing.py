import numpy as np


def subtract_mean_image(train, test):
    train, test = np.array(train, dtype=float), np.array(test, dtype=float)
    mean = train.mean(axis=0)
    train -= mean
    test -= mean
    return train, test


def subtract_channel_mean(train, test):
    result = []
    for images in (train, test):
        centred = np.empty(images.shape)
        for channel in range(images.shape[-1]):
            centred[..., channel] = images[..., channel] - train[..., channel].mean()
        result.append(centred)
    return result
