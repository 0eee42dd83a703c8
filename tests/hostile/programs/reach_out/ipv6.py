"""Open a socket of IPv6."""

import socket

EARNS, VERDICT, SAYS = 3, "forbidden", "closed to it"


def attack():
    socket.socket(socket.AF_INET6)


def midpoint(a, b):
    attack()
    return (a + b) / 2
