"""A minus sign a hundred thousand times."""

EARNS, VERDICT, SAYS = 3, "not_attempted", "too complicated"


def source():
    return "def midpoint(a, b):\n    return " + "-" * 10**5 + "a\n"
