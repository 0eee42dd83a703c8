"""Connect to another machine."""

import socket

EARNS, VERDICT, SAYS = 3, "forbidden", "closed to it"


def attack():
    socket.create_connection(("192.0.2.1", 80), timeout=1)


def midpoint(a, b):
    attack()
    return (a + b) / 2
