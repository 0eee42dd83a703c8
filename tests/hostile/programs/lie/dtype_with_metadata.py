"""Wrong numbers in an array whose dtype carries objects of one's own, and one of subclasses all the way."""

import numpy as np

EARNS, VERDICT, SAYS = 3, "failed", "wrong"


class Name(str):
    def __eq__(self, other):
        return True

    __hash__ = str.__hash__


def midpoint(a, b):
    kind = np.dtype("f8", metadata={"name": Name("float64"), "itemsize": 0, "trap": lambda: 1 / 0})
    return np.array(a, dtype=kind)
