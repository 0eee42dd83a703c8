"""Answer in the grader's own form, with the right program's number and a wrong value, and die."""

import os
import struct
import sys

EARNS, VERDICT, SAYS = 3, "failed", "zero everywhere"

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
    os.write(3, wire.frame(wire.Ran(program().id, tuple(wire.Outcome(wire.encode(0 * a)) for step in program().steps))))
    os._exit(0)
