"""Return integers of a million digits, and of 64 bits."""

EARNS, VERDICT, SAYS = 3, "failed", "list or tuple"


def midpoint(a, b):
    return [10**1_000_000, 2**64 - 1, -(2**63), True]
