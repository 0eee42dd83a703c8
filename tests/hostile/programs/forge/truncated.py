"""Write half a frame and end the process."""

import os
import struct
import sys

EARNS, VERDICT, SAYS = 3, "crashed", "ended the process"

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
    os.write(3, struct.pack(">I", 1000) + b"half")
    os._exit(0)
