"""Make a system call by int 0x80, whose numbers are others."""

import ctypes
import mmap

EARNS, VERDICT, SAYS = 3, "forbidden", "system call that is forbidden"


def attack():
    memory = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    memory.write(b"\xb8\x14\x00\x00\x00\xcd\x80\xc3")
    ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(memory)))()


def midpoint(a, b):
    attack()
    return (a + b) / 2
