"""Count other processes' instructions."""

import ctypes
import os

EARNS, VERDICT, SAYS = 3, "forbidden", "closed to it"

libc = ctypes.CDLL(None, use_errno=True)


def attack():
    if (
        libc.syscall(
            {"x86_64": 298, "aarch64": 241}[os.uname().machine], ctypes.create_string_buffer(120), -1, 0, -1, 0
        )
        < 0
    ):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def midpoint(a, b):
    attack()
    return (a + b) / 2
