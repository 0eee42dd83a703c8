"""Match a pattern that backtracks for ever."""

import re

EARNS, VERDICT, SAYS = 3, "timed_out", "was stopped"


def midpoint(a, b):
    return re.match("(a+)+b", "a" * 64)
