"""Take nearly all of the time that is allowed, and be wrong."""

import time

EARNS, VERDICT, SAYS = 3, "failed", "zero everywhere"


def midpoint(a, b):
    end = time.process_time() + 0.2
    while time.process_time() < end:
        pass
    return 0 * a
