"""Leave a named semaphore behind."""

import multiprocessing

EARNS, VERDICT, SAYS = 3, "forbidden", "closed to it"


def attack():
    multiprocessing.Lock()


def midpoint(a, b):
    attack()
    return (a + b) / 2
