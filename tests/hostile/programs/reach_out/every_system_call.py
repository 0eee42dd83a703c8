"""Make every system call that there is a number for, and look for one that isn't refused and isn't known to be allowed."""

import ctypes
import errno
import os

EARNS, VERDICT, SAYS = 3, "crashed", "raised a LookupError"

libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long

# By their numbers on x86_64: reading, memory, time, one's own signals, waiting, who and where am I, ending.
ALLOWED = {
    *(0, 1, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15, 17, 19, 20, 21, 24, 25, 28, 32, 35, 39, 60, 63, 79, 96, 97, 98),
    *(99, 100, 102, 104, 107, 108, 110, 131, 186, 201, 204, 217, 219, 228, 229, 230, 231, 262, 269, 318, 332, 439),
}
# The kernel's own probes call these two from a page of its own, past every filter (Linux 6.14). From elsewhere the one
# kills with SIGILL, and the other does nothing.
PAST_EVERY_FILTER = {335, 336}
NEVER = -1  # for a pointer or a descriptor; what would do something refuses it


def attack():
    if os.uname().machine != "x86_64":
        raise LookupError("these numbers are another machine's")
    for number in range(600):
        if number in ALLOWED | PAST_EVERY_FILTER:
            continue
        ctypes.set_errno(0)
        answer = libc.syscall(number, *[ctypes.c_long(NEVER)] * 6)
        if answer != -1 or ctypes.get_errno() != errno.EPERM:
            raise RuntimeError(f"system call {number} is not refused: {answer}, {ctypes.get_errno()}")
    raise LookupError("all others are refused")


def midpoint(a, b):
    attack()
    return (a + b) / 2
