"""Send a descriptor up the worker's own pipe."""

import socket

EARNS, VERDICT, SAYS = 3, "forbidden", "closed to it"


def attack():
    socket.send_fds(socket.socket(fileno=3), [b"x"], [0])


def midpoint(a, b):
    attack()
    return (a + b) / 2
