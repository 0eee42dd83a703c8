"""Open descriptors without end."""

import os

EARNS, VERDICT, SAYS = 3, "crashed", "raised"


def midpoint(a, b):
    while True:
        os.dup(0)
