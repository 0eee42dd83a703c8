"""Signal another worker through a futex in a page that both have mapped (FUTEX_WAKE without the private flag)."""

import ctypes
import os

EARNS, VERDICT, SAYS = 3, "forbidden", "closed to it"

libc = ctypes.CDLL(None, use_errno=True)


def attack():
    if (
        libc.syscall({"x86_64": 202, "aarch64": 98}[os.uname().machine], ctypes.create_string_buffer(64), 1, 1, 0, 0, 0)
        < 0
    ):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def midpoint(a, b):
    attack()
    return (a + b) / 2
