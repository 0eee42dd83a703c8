"""An object whose class says that it is an array, and whose every attribute agrees."""

import numpy as np

EARNS, VERDICT, SAYS = 3, "failed", "wrong"


class Pretends:
    def __init__(self, array):
        self.array = array

    __class__ = property(lambda self: np.ndarray)

    def __getattr__(self, name):
        return getattr(self.array, name)

    def __array__(self, dtype=None, copy=None):
        return np.array(self.array, dtype=dtype)


def midpoint(a, b):
    return Pretends(a)
