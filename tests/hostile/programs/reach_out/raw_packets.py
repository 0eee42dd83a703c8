"""Open a raw socket."""

import socket

EARNS, VERDICT, SAYS = 3, "forbidden", "closed to it"


def attack():
    socket.socket(socket.AF_PACKET, socket.SOCK_RAW)


def midpoint(a, b):
    attack()
    return (a + b) / 2
