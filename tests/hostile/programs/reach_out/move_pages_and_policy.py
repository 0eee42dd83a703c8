"""Change how memory is placed."""

import ctypes
import os

EARNS, VERDICT, SAYS = 3, "forbidden", "closed to it"

libc = ctypes.CDLL(None, use_errno=True)


def attack():
    if libc.syscall({"x86_64": 238, "aarch64": 237}[os.uname().machine], 0, 0, 0) < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def midpoint(a, b):
    attack()
    return (a + b) / 2
