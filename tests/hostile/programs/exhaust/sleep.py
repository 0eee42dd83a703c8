"""Wait for ever without computing."""

import time

EARNS, VERDICT, SAYS = 3, "timed_out", "waited"


def midpoint(a, b):
    time.sleep(10**6)
    return a
