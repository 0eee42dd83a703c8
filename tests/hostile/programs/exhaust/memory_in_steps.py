"""Fill the memory in small steps, and keep it."""

EARNS, VERDICT, SAYS = 3, "out_of_memory", "more memory"
PATIENCE = 3

KEPT = []


def midpoint(a, b):
    while True:
        KEPT.append(bytearray(2**20))
