"""Connect to an abstract Unix socket, which has no path."""

import socket

EARNS, VERDICT, SAYS = 3, "forbidden", "closed to it"


def attack():
    socket.socket(socket.AF_UNIX).connect("\0/tmp/.X11-unix/X0")


def midpoint(a, b):
    attack()
    return (a + b) / 2
