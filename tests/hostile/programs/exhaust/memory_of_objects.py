"""Fill the memory with objects that refer to each other."""

PATIENCE = 20.0
EARNS, VERDICT, SAYS = 3, "out_of_memory", "more memory"

KEPT = []


def midpoint(a, b):
    while True:
        KEPT.append([KEPT])
