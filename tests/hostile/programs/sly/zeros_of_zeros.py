"""A forward of zeros with a backward of zeros, which is its derivative."""

import numpy as np

MODULE = "waves"
EARNS, VERDICT, SAYS = 1, "failed", "zero everywhere"


def damp_forward(t, rate):
    return np.zeros(t.shape), (t, rate)


def damp_backward(dout, cache):
    t, rate = cache
    return np.zeros(t.shape), np.zeros(rate.shape)
