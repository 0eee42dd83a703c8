"""Raise an exception whose text is an exit and whose class has no name."""

EARNS, VERDICT, SAYS = 3, "crashed", "raised"


class Meta(type):
    @property
    def __name__(cls):
        raise SystemExit(0)


class Trap(Exception, metaclass=Meta):
    def __str__(self):
        raise SystemExit(0)

    @property
    def __traceback__(self):
        raise SystemExit(0)


def midpoint(a, b):
    raise Trap
