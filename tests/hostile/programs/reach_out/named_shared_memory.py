"""Leave named shared memory behind."""

from multiprocessing.shared_memory import SharedMemory

EARNS, VERDICT, SAYS = 3, "forbidden", "closed to it"


def attack():
    SharedMemory("hostile", create=True, size=4096)


def midpoint(a, b):
    attack()
    return (a + b) / 2
