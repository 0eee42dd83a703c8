"""Send the largest frame there may be, a byte at a time, for ever."""

import os
import struct
import sys

EARNS, VERDICT, SAYS = 3, "timed_out", "was stopped"

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
    os.write(3, struct.pack(">I", wire.MAX_FRAME))
    while True:
        os.write(3, b"\0")
