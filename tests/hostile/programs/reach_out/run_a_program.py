"""Run a program."""

import subprocess

EARNS, VERDICT, SAYS = 3, "forbidden", "closed to it"


def attack():
    subprocess.run(["/bin/true"], check=True)


def midpoint(a, b):
    attack()
    return (a + b) / 2
