"""Recurse without end, with the limit lifted."""

import sys

PATIENCE = 20.0
EARNS, VERDICT, SAYS = 3, "out_of_memory", "more memory"

sys.setrecursionlimit(10**9)


def midpoint(a, b):
    return midpoint(a, b)
