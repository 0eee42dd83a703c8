"""Claim a frame of 64 MB in its header and send it byte by byte, each after a wait."""

import os
import time

EARNS, VERDICT, SAYS = 3, "timed_out", "was stopped"


def attack():
    os.write(3, (64 * 2**20 - 1).to_bytes(4, "big"))
    while True:
        os.write(3, b"\0")
        time.sleep(0.001)


def midpoint(a, b):
    attack()
    return (a + b) / 2
