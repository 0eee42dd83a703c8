"""Read from every descriptor that was left open."""

import os
import stat

EARNS, VERDICT, SAYS = 3, "crashed", "raised"


def attack():
    for descriptor in range(4, 1024):
        try:
            mode = os.fstat(descriptor).st_mode
        except OSError:
            continue
        if stat.S_ISREG(mode) or stat.S_ISSOCK(mode) or stat.S_ISDIR(mode) or stat.S_ISFIFO(mode):
            return
    if any(os.read(descriptor, 1) for descriptor in (0,)):
        return
    raise LookupError("no descriptor was left open")


def midpoint(a, b):
    attack()
    return (a + b) / 2
