"""Keep the garbage collector busy."""

import gc

EARNS, VERDICT, SAYS = 3, "timed_out", "was stopped"

KEPT = [[] for _ in range(10**5)]
gc.unfreeze()


def midpoint(a, b):
    while True:
        gc.collect()
