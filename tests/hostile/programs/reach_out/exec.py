"""Become another program."""

import os

EARNS, VERDICT, SAYS = 3, "forbidden", "closed to it"


def attack():
    os.execv("/bin/true", ["true"])


def midpoint(a, b):
    attack()
    return (a + b) / 2
