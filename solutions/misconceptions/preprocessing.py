"""Wrong variants of data pre-processing."""

from __future__ import annotations

from autograder.misconceptions import Variants

from ..reference import preprocessing

__all__ = ["WRONG"]

wrong = Variants(preprocessing)

IMAGE = "np.mean(train, axis=0, dtype=np.float64)"
IMAGES = "return train - mean_image, test - mean_image"
CHANNEL = "np.mean(train, axis=(0, 1, 2), dtype=np.float64)"
CHANNELS = "return train - channel_mean, test - channel_mean"
IN_PLACE = """if train.dtype == np.uint8:
        return train - mean_image, test - mean_image
    train -= mean_image
    test -= mean_image
    return train, test"""

WRONG = (
    wrong(
        "mean-image-of-the-test-set",
        "You take the test set's own mean image from it. At test time only what was learned from the training set "
        "is known.",
        {"subtract_mean_image": (IMAGES, "return train - mean_image, test - np.mean(test, axis=0, dtype=np.float64)")},
        fails="subtract_mean_image: values bytes corners purity",
    ),
    wrong(
        "mean-image-of-both-sets",
        "Your mean image is that of both sets together; the test set must have no part in it.",
        {"subtract_mean_image": (IMAGE, "np.mean(np.concatenate([train, test]), axis=0, dtype=np.float64)")},
        fails="subtract_mean_image: values bytes corners purity",
    ),
    wrong(
        "mean-image-one-number",
        "You take one number from all pixels; the mean image has a number for each.",
        {"subtract_mean_image": (IMAGE, "np.mean(train, dtype=np.float64)")},
        fails="subtract_mean_image: values bytes corners purity",
    ),
    wrong(
        "mean-image-a-channel-mean",
        "You take each channel's mean, where the mean of each pixel is asked for.",
        {"subtract_mean_image": (IMAGE, "np.mean(train, axis=(0, 1, 2), dtype=np.float64)")},
        fails="subtract_mean_image: values bytes corners purity",
    ),
    wrong(
        "mean-of-each-image",
        "You take from every image its own mean; the mean image is one for all.",
        {
            "subtract_mean_image": (
                IMAGES,
                "return train - np.mean(train, axis=(1, 2, 3), keepdims=True), "
                "test - np.mean(test, axis=(1, 2, 3), keepdims=True)",
            )
        },
        fails="subtract_mean_image: values bytes corners purity",
    ),
    wrong(
        "mean-image-in-bytes",
        "You compute in the images' own uint8, in which there are no fractions and 3 − 5 is 254.",
        {
            "subtract_mean_image": (
                IMAGES,
                "return train - mean_image.astype(train.dtype), test - mean_image.astype(test.dtype)",
            )
        },
        fails="subtract_mean_image: bytes",
    ),
    wrong(
        "mean-image-test-left-alone",
        "You take the mean image from the training set alone; the network must see test images treated the same way.",
        {"subtract_mean_image": (IMAGES, "return train - mean_image, 1.0 * test")},
        fails="subtract_mean_image: values bytes corners purity",
    ),
    wrong(
        "mean-image-writes-into-the-images",
        "You write the differences into the images that were passed in, which the caller still needs.",
        {"subtract_mean_image": (IMAGES, IN_PLACE)},
        fails="subtract_mean_image: purity",
    ),
    wrong(
        "channel-mean-of-the-test-set",
        "You take the test set's own channel means from it. At test time only what was learned from the training "
        "set is known.",
        {
            "subtract_channel_mean": (
                CHANNELS,
                "return train - channel_mean, test - np.mean(test, axis=(0, 1, 2), dtype=np.float64)",
            )
        },
        fails="subtract_channel_mean: values bytes corners purity",
    ),
    wrong(
        "channel-mean-one-number",
        "You take one number from all channels; each channel has a mean of its own.",
        {"subtract_channel_mean": (CHANNEL, "np.mean(train, dtype=np.float64)")},
        fails="subtract_channel_mean: values bytes corners purity",
    ),
    wrong(
        "channel-mean-a-mean-image",
        "You take a mean for each pixel, where one for each channel is asked for.",
        {"subtract_channel_mean": (CHANNEL, "np.mean(train, axis=0, dtype=np.float64)")},
        fails="subtract_channel_mean: values bytes corners purity",
    ),
    wrong(
        "channel-mean-of-each-image",
        "You take from every image its own channel means; they are one for all images.",
        {
            "subtract_channel_mean": (
                CHANNELS,
                "return train - np.mean(train, axis=(1, 2), keepdims=True), "
                "test - np.mean(test, axis=(1, 2), keepdims=True)",
            )
        },
        fails="subtract_channel_mean: values bytes corners purity",
    ),
    wrong(
        "channel-mean-divided-by-std",
        "You also divide by the standard deviation, which is not asked for here.",
        {
            "subtract_channel_mean": (
                CHANNELS,
                "std = np.std(train, axis=(0, 1, 2))\n"
                "    return (train - channel_mean) / std, (test - channel_mean) / std",
            )
        },
        fails="subtract_channel_mean: values bytes corners purity",
    ),
    wrong(
        "channel-mean-test-left-alone",
        "You take the channel means from the training set alone; test images must be treated the same way.",
        {"subtract_channel_mean": (CHANNELS, "return train - channel_mean, 1.0 * test")},
        fails="subtract_channel_mean: values bytes corners purity",
    ),
    wrong(
        "channel-mean-rounded",
        "You round the channel means to whole numbers.",
        {"subtract_channel_mean": (CHANNEL, f"np.round({CHANNEL})")},
        fails="subtract_channel_mean: values bytes corners purity",
    ),
)
