"""An integer of half a million digits in the source."""

EARNS, VERDICT, SAYS = 3, "not_attempted", "digits"


def source():
    return "def midpoint(a, b):\n    return " + "9" * 500_000 + "\n"
