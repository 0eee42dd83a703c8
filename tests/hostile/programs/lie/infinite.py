"""Return infinities, whose relative error is nan."""

EARNS, VERDICT, SAYS = 3, "failed", "infinite"


def midpoint(a, b):
    return a / 0.0
