"""Comprehensions in each other, which the symbol table takes time for."""

EARNS, VERDICT, SAYS = 3, "crashed", "raised | crashed the process"


def source():
    return "def midpoint(a, b):\n    return " + "[" * 90 + "x" + " for x in y]" * 90 + "\n"
