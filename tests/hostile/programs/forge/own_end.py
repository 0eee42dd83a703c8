"""Die in a way that looks as if somebody else had done it."""

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
    import ctypes
    import signal

    for number in (signal.SIGKILL, signal.SIGTERM, signal.SIGSTOP):
        try:
            os.kill(os.getpid(), number)
        except OSError:
            pass
        ctypes.CDLL(None).raise_(number) if hasattr(ctypes.CDLL(None), "raise_") else ctypes.CDLL(None)["raise"](number)
    return 0 * a
