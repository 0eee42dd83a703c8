"""Ask for a terabyte at once."""

import numpy as np

EARNS, VERDICT, SAYS = 3, "out_of_memory", "more memory"


def midpoint(a, b):
    return np.ones(2**37)
