"""Return so little precision that the differences vanish."""

import numpy as np

EARNS, VERDICT, SAYS = 3, "failed", "half precision"


def midpoint(a, b):
    return ((a + b) / 2).astype(np.float16)
