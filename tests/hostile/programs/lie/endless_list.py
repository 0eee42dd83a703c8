"""Return a list whose iterator never ends."""

EARNS, VERDICT, SAYS = 3, "failed", "far more than was asked"


class Endless(list):
    def __iter__(self):
        while True:
            yield 0.0

    def __len__(self):
        return 4


def midpoint(a, b):
    return Endless()
