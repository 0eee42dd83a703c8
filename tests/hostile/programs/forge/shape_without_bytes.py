"""Answer with an array whose shape is larger than its bytes."""

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
    value = wire.Array("float64", (2**13, 2**13), bytes(8))
    os.write(3, wire.frame(wire.Ran(program().id, (wire.Outcome(value),))))
    os._exit(0)
