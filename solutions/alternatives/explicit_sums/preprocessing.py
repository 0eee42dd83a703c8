def subtract_mean_image(train, test):
    train, test = train * 1.0, test * 1.0
    mean = train.sum(axis=0) / train.shape[0]
    return train - mean, test - mean


def subtract_channel_mean(train, test):
    train, test = train.astype("float64"), test.astype("float64")
    N, H, W, C = train.shape
    mean = train.reshape(-1, C).sum(axis=0) / (N * H * W)
    return train - mean, test - mean
