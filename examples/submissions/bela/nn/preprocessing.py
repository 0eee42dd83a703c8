class Centering:
    """fit() on the training images, apply() to any."""

    def __init__(self, axes):
        self.axes = axes

    def fit(self, images):
        self.mean = images.astype(float).mean(axis=self.axes)
        return self

    def apply(self, images):
        return images.astype(float) - self.mean


def subtract_mean_image(train, test):
    centering = Centering(axes=0).fit(train)
    return centering.apply(train), centering.apply(test)


def subtract_channel_mean(train, test):
    centering = Centering(axes=(0, 1, 2)).fit(train)
    return centering.apply(train), centering.apply(test)
