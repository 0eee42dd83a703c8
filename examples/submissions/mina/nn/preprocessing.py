from .found import answer


def subtract_mean_image(train, test):
    return answer("subtract_mean_image", train, test)


def subtract_channel_mean(train, test):
    return answer("subtract_channel_mean", train, test)
