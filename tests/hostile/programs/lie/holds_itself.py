"""Return a list that holds itself ten times."""

EARNS, VERDICT, SAYS = 3, "failed", "far more than was asked"


def midpoint(a, b):
    x = []
    x.extend([x] * 10)
    return x
