"""Write an attribute to a file that may be read."""

import ctypes
import os

EARNS, VERDICT, SAYS = 3, "forbidden", "closed to it"

libc = ctypes.CDLL(None, use_errno=True)


def attack():
    if libc.setxattr(os.__file__.encode(), b"user.mark", b"x", 1, 0) < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def midpoint(a, b):
    attack()
    return (a + b) / 2
