"""Broken lines, each to be tried together with those after it."""

EARNS, VERDICT, SAYS = 3, "not_attempted", "was never closed"
PATIENCE = 3


def source():
    return "x = (\n" * 20_000 + "def midpoint(a, b):\n    return 0 * a\n"
