"""Read the zygote's memory through /proc."""

import os

EARNS, VERDICT, SAYS = 3, "forbidden", "closed to it"


def attack():
    os.open(f"/proc/{os.getppid()}/mem", os.O_RDONLY)


def midpoint(a, b):
    attack()
    return (a + b) / 2
