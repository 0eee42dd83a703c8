"""Get a user namespace, and all capabilities in it."""

import ctypes
import os

EARNS, VERDICT, SAYS = 3, "forbidden", "closed to it"

libc = ctypes.CDLL(None, use_errno=True)


def attack():
    if libc.unshare(0x10000000) < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def midpoint(a, b):
    attack()
    return (a + b) / 2
