"""Work out a power with a billion digits."""

EARNS, VERDICT, SAYS = 3, "timed_out", "was stopped"


def midpoint(a, b):
    return 10**10**9
