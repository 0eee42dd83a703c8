"""A small submission of our own, which a worker loads before anybody waits for it.

A forked process has each page of memory copied when it first writes to it, and Python writes to what it only reads.
Those that loading writes to are so its own by the time that a student's submission comes.
"""

from __future__ import annotations

import contextlib
import linecache

from .. import wire
from . import imports, modules

__all__ = ["rehearse"]

PROGRAM = b'''"""Some of everything that students write."""
import numpy as np

SMALL = 1e-5


def area(x, weights=None, *, mode="all"):
    """The parts and the whole."""
    rows, columns = x.shape
    total = np.zeros(columns)
    for i in range(rows):
        if mode == "all" and not i % 2:
            total += x[i] * 2.0 - weights / (rows + 1)
        elif mode not in ("all", "some"):
            raise ValueError(f"unknown mode {mode!r}")
    cache = {"x": x, "large": [value for value in x if value > 0]}
    return total, (cache, np.sqrt(x.var(axis=0) + SMALL), x[:, 1:].T @ x)


class Shape:
    def __init__(self, sizes):
        self.sizes = {"a": sizes, "b": lambda z: -z}

    def scaled(self, x):
        try:
            return self.sizes["a"] ** -x, x is None
        except KeyError:
            return None
'''

NAME = "rehearsed"

SUBMISSION = wire.Load("folder", {f"rehearsal/{NAME}.py": PROGRAM}, "rehearsal", {"area": NAME})


def rehearse() -> None:
    """Load it, and forget it again.  It may fail, for want of memory, say: nobody has lost anything by that."""
    with contextlib.suppress(Exception):
        request = wire.read_request(wire.frame(SUBMISSION)[wire.HEADER.size :])
        assert isinstance(request, wire.Load)
        _, loaded = modules.load(request, lambda _: None)
        wire.frame(loaded)
    imports.forget_the_last()
    linecache.cache.pop(f"{NAME}.py", None)
