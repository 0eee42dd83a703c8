from functools import partial


def center(train, test, axes):
    mu = train.mean(axes, keepdims=True)
    return train - mu, test - mu


subtract_mean_image = partial(center, axes=0)
subtract_channel_mean = partial(center, axes=(0, 1, 2))
