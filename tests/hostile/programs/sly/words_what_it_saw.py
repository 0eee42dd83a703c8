"""Put what it was asked in hidden cases into the words that are shown of the visible one."""

MODULE = "waves"
EARNS, VERDICT, SAYS = 1, "crashed", "ValueError: 1 call so far"

seen = []


def damp_forward(t, rate):
    seen.append(t)
    raise ValueError(f"{len(seen)} call so far")


def damp_backward(dout, cache):
    seen.append(dout)
    return dout, dout
