"""Return an array of numpy's own strings of any length."""

import numpy as np

EARNS, VERDICT, SAYS = 3, "failed", "neither a numpy array nor a number"


def midpoint(a, b):
    return np.array([str(number) for number in (a + b) / 2], dtype=np.dtypes.StringDType())
