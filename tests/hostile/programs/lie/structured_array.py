"""Return a structured array, whose fields are the answer and something else."""

import numpy as np

EARNS, VERDICT, SAYS = 3, "failed", "neither a numpy array nor a number"


def midpoint(a, b):
    result = np.zeros(a.shape, dtype=[("answer", float), ("mark", "U10")])
    result["answer"], result["mark"] = (a + b) / 2, "passed"
    return result
