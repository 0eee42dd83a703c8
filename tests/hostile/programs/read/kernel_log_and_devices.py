"""Read devices and kernel memory."""

import os

EARNS, VERDICT, SAYS = 3, "forbidden", "closed to it"


def attack():
    refused = None
    for path in (
        "/dev/mem",
        "/dev/kmsg",
        "/dev/zero",
        "/dev/urandom",
        "/dev/tty",
        "/dev/ptmx",
        "/proc/kcore",
        "/proc/kallsyms",
    ):
        try:
            os.open(path, os.O_RDONLY)
            return
        except OSError as error:
            refused = error
    raise refused


def midpoint(a, b):
    attack()
    return (a + b) / 2
