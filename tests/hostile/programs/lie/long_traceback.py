"""Raise an exception whose traceback has a million entries, and whose causes go on as long."""

import sys
import types

EARNS, VERDICT, SAYS = 3, "crashed, timed_out, out_of_memory", ""


def midpoint(a, b):
    frame, chain = sys._getframe(), None
    for _ in range(1_000_000):
        chain = types.TracebackType(chain, frame, 0, 1)
    error = LookupError("far away")
    for _ in range(100_000):
        error, error.__cause__ = LookupError("further"), error
    raise error.with_traceback(chain)
