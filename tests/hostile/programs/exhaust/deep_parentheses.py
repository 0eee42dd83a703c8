"""A hundred thousand parentheses, for the parser."""

EARNS, VERDICT, SAYS = 3, "not_attempted", "too many nested parentheses"


def source():
    return "def midpoint(a, b):\n    return " + "(" * 10**5 + "a" + ")" * 10**5 + "\n"
