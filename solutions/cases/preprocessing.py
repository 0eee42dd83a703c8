"""Cases for what is subtracted from images: (N,H,W,C), training and test set of unequal size."""

from __future__ import annotations

import numpy as np

from autograder.checks.base import Case

from .drawing import fortran, strided

__all__ = ["as_bytes", "corners", "ordinary"]


def ordinary(rng: np.random.Generator) -> list[Case]:
    """Images as floats, the test set's darker than the training set's."""
    return [Case((rng.uniform(0, 255, size=(6, 4, 5, 3)), rng.uniform(0, 128, size=(2, 4, 5, 3))))]


def as_bytes(rng: np.random.Generator) -> list[Case]:
    """Images as they come from a file."""
    train = rng.integers(0, 256, size=(5, 2, 4, 3), dtype=np.uint8)
    test = rng.integers(0, 128, size=(7, 2, 4, 3), dtype=np.uint8)
    return [Case((train, test), note="images as uint8")]


def corners(rng: np.random.Generator) -> list[Case]:
    """One test image, one channel, one training image, arrays that are not contiguous."""
    train, test = rng.uniform(size=(4, 3, 2, 5)), rng.uniform(size=(6, 3, 2, 5))
    return [
        Case((rng.uniform(size=(4, 5, 2, 3)), rng.uniform(size=(1, 5, 2, 3))), note="one test image"),
        Case((rng.uniform(size=(3, 4, 5, 1)), rng.uniform(size=(2, 4, 5, 1))), note="one channel"),
        Case((rng.uniform(size=(1, 3, 4, 2)), rng.uniform(size=(5, 3, 4, 2))), note="one training image"),
        Case((fortran(train), strided(test)), note="arrays that are not contiguous"),
    ]
