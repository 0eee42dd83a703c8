"""Answer the sweep of the gradient check with something else each time."""

import itertools
import sys

import numpy as np

MODULE = "waves"
EARNS, VERDICT, SAYS = 2, "failed, crashed, forbidden", ""

wire = sys.modules["autograder.sandbox.wire"]
steps = sys.modules["autograder.sandbox.inside.steps"]

KINDS = itertools.cycle(
    [
        None,
        True,
        "passed",
        2**63,
        np.zeros(()),
        np.zeros((0, 3)),
        np.full((2, 7, 5, 3), np.nan),
        np.full((2, 7, 5, 3), 1e308),
        np.zeros((2, 7, 5, 3), dtype=complex),
        np.zeros((2, 7, 5, 3), dtype=np.uint64),
        (np.zeros(3),) * 3,
        {"value": 1},
    ]
)
steps._Run._sweep = lambda run, sweep: wire.encode(next(KINDS))


def damp_forward(t, rate):
    return np.exp(-rate * t), (t, rate)


def damp_backward(dout, cache):
    t, rate = cache
    out = np.exp(-rate * t)
    return -rate * out * dout, np.sum(-t * out * dout, axis=0)
