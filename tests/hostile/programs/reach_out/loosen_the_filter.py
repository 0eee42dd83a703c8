"""Put on other system-call filters and other file rules, in the hope that the last word counts."""

import ctypes
import os

EARNS, VERDICT, SAYS = 3, "forbidden", "closed to it"

libc = ctypes.CDLL(None, use_errno=True)

ALLOW = (ctypes.c_uint16 * 4)(6, 0, 0, 0x7FFF)  # BPF_RET, SECCOMP_RET_ALLOW


class Program(ctypes.Structure):
    _fields_ = (("len", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def attack():
    allow = Program(1, ctypes.addressof(ALLOW))
    attempts = (
        lambda: libc.prctl(22, 2, ctypes.byref(allow), 0, 0),
        lambda: libc.prctl(22, 0, 0, 0, 0),
        lambda: libc.prctl(38, 0, 0, 0, 0),
        lambda: libc.prctl(4, 1, 0, 0, 0),
        lambda: libc.syscall(317, 1, 0, ctypes.byref(allow)),
        lambda: libc.syscall(444, 0, 0, 0),
        lambda: libc.syscall(446, 3, 0),
    )
    for attempt in attempts:
        if attempt() >= 0:
            return
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def midpoint(a, b):
    attack()
    return (a + b) / 2
