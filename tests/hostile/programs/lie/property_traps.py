"""Return an object whose every attribute raises, exits or never returns."""

EARNS, VERDICT, SAYS = 3, "crashed", "raised"


class Trap:
    def __getattribute__(self, name):
        raise SystemExit(0)

    def __repr__(self):
        raise KeyboardInterrupt

    __str__ = __repr__


def midpoint(a, b):
    return Trap()
