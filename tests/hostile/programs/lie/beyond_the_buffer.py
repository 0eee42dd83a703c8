"""An array that lies over memory far outside of its own buffer."""

import numpy as np

EARNS, VERDICT, SAYS = 3, "crashed", "segmentation fault"


def midpoint(a, b):
    return np.lib.stride_tricks.as_strided(a, a.shape, (2**44,))
