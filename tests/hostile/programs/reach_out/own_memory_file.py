"""Write to one's own code through /proc/self/mem, which minds no page's protection."""

import ctypes
import os

EARNS, VERDICT, SAYS = 3, "forbidden", "closed to it"


def attack():
    descriptor = os.open("/proc/self/mem", os.O_RDWR)
    os.pwrite(descriptor, b"\xc3", ctypes.cast(ctypes.CDLL(None).getpid, ctypes.c_void_p).value)


def midpoint(a, b):
    attack()
    return (a + b) / 2
