"""Print for ever."""

EARNS, VERDICT, SAYS = 3, "timed_out", "was stopped"


def midpoint(a, b):
    while True:
        print("x" * 10**6)
