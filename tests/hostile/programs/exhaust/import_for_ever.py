"""Hang while loading, in the definition itself."""

EARNS, VERDICT, SAYS = 3, "timed_out", "was stopped"


def midpoint(a, b, c=sum(iter(int, 1))):
    return (a + b) / 2
