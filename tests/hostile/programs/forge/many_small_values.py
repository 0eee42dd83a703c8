"""Send 60 million empty lists in one frame, which as objects fill the memory."""

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
    body = b"\xdd" + struct.pack(">I", 2**24) + b"\x90" * 2**24
    frame = struct.pack(">I", len(body)) + body
    while frame:
        frame = frame[os.write(3, frame) :]
    return 0 * a
