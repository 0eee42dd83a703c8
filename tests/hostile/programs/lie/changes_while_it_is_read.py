"""A tuple and a dict that are others each time that somebody looks at them."""

import numpy as np

MODULE = "waves"
EARNS, VERDICT, SAYS = 1, "failed", "wrong"


class Changing(tuple):
    looks = 0

    def __getitem__(self, index):
        Changing.looks += 1
        return np.full((5, 3), float(Changing.looks)) if index == 0 else Changing(self)

    def __len__(self):
        return 2

    def __iter__(self):
        Changing.looks += 1
        return iter([np.full((5, 3), float(Changing.looks))] * 2)


def damp_forward(t, rate):
    return Changing((1, 2))


def damp_backward(dout, cache):
    return Changing((1, 2))
