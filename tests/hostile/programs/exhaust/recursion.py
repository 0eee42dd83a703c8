"""Recurse without end, with the limit lifted."""

import sys

EARNS, VERDICT, SAYS = 3, "timed_out, out_of_memory, crashed", ""

sys.setrecursionlimit(10**9)


def midpoint(a, b):
    return midpoint(a, b)
