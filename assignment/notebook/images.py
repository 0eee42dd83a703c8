"""Images to train on: the digits that come with the exercise, and CIFAR-10 if you have it.

Shapes: N images of height H and width W, with C channels.
"""

import pickle
from pathlib import Path

import numpy as np

DIGITS = Path(__file__).parent / "data" / "digits.npz"


def load_digits(path=DIGITS):
    """1,797 handwritten digits of 8 x 8 pixels, from 0 (white) to 16 (black).

    Returns:
        train_images: (1500, 8, 8, 1), uint8.
        train_labels: (1500,), integers from 0 to 9.
        test_images: (297, 8, 8, 1), uint8.
        test_labels: (297,), integers from 0 to 9.
    """
    with np.load(path, allow_pickle=False) as file:
        images, labels = file["images"][..., np.newaxis], file["labels"].astype(np.int64)
    return images[:1500], labels[:1500], images[1500:], labels[1500:]


def load_cifar10(folder):
    """CIFAR-10's python version: https://www.cs.toronto.edu/~kriz/cifar.html, unpacked.

    Args:
        folder: the folder with data_batch_1 to data_batch_5 and test_batch.

    Returns:
        train_images: (50000, 32, 32, 3), uint8.
        train_labels: (50000,), integers from 0 to 9.
        test_images: (10000, 32, 32, 3), uint8.
        test_labels: (10000,), integers from 0 to 9.
    """
    folder = Path(folder)
    batches = [_cifar10_batch(folder / f"data_batch_{number}") for number in range(1, 6)]
    train_images = np.concatenate([images for images, _ in batches])
    train_labels = np.concatenate([labels for _, labels in batches])
    return train_images, train_labels, *_cifar10_batch(folder / "test_batch")


def _cifar10_batch(path):
    with path.open("rb") as file:
        batch = _ArraysOnly(file, encoding="bytes").load()
    images = batch[b"data"].reshape(-1, 3, 32, 32)  # (N, 3072): the red pixels, the green ones, the blue ones
    return images.transpose(0, 2, 3, 1).copy(), np.array(batch[b"labels"], dtype=np.int64)


class _ArraysOnly(pickle.Unpickler):
    """A pickle can make Python run anything; this reads numpy arrays and plain data, and refuses the rest."""

    def find_class(self, module, name):
        known = {"_reconstruct": np.empty(0).__reduce__()[0], "ndarray": np.ndarray, "dtype": np.dtype}
        if module.partition(".")[0] == "numpy" and name in known:
            return known[name]
        raise pickle.UnpicklingError(f"{module}.{name} has no place in a file of images")
