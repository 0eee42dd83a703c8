"""Compute for ever where no signal handler of Python's runs."""

EARNS, VERDICT, SAYS = 3, "timed_out", "was stopped"


def midpoint(a, b):
    return sum(iter(int, 1))
