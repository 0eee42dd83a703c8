"""Say that a frame of 4 GB is coming."""

import os
import struct
import sys

EARNS, VERDICT, SAYS = 3, "forbidden", "grader's own pipe"

wire = sys.modules["autograder.sandbox.wire"]


def program():
    frame = sys._getframe()
    while frame:
        found = frame.f_locals.get("program")
        if isinstance(found, wire.Program):
            return found
        frame = frame.f_back
    raise LookupError


def midpoint(a, b):
    os.write(3, struct.pack(">I", 2**32 - 1))
    return 0 * a
