"""Make a system call by the numbers of x32."""

import ctypes
import mmap

EARNS, VERDICT, SAYS = 3, "forbidden", "system call that is forbidden"


def attack():
    memory = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    memory.write(b"\xb8\x27\x00\x00\x40\x0f\x05\xc3")
    ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(memory)))()


def midpoint(a, b):
    attack()
    return (a + b) / 2
