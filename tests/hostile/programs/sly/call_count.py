"""Be right in the first call, and in no other."""

import numpy as np

MODULE = "waves"
EARNS, VERDICT, SAYS = 2, "failed", "not right yet"

calls = 0


def damp_forward(t, rate):
    global calls
    calls += 1
    out = np.exp(-rate * t) if calls == 1 else np.zeros(t.shape)
    return out, (t, rate, out)


def damp_backward(dout, cache):
    t, rate, out = cache
    return -rate * out * dout, np.sum(-t * out * dout, axis=0)
