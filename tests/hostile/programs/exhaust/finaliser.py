"""Never come back from a finaliser."""

EARNS, VERDICT, SAYS = 3, "timed_out", "was stopped"


class Endless:
    def __del__(self):
        while True:
            pass


def midpoint(a, b):
    Endless()
    return a
