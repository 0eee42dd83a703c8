"""A view of one number that has as many elements as there are: 8 EiB to be written down."""

import numpy as np

EARNS, VERDICT, SAYS = 3, "failed", "far more than was asked for"


def midpoint(a, b):
    return np.lib.stride_tricks.as_strided(a, (2**20, 2**20, 2**19), (0, 0, 0))
