"""Connect to the Docker engine."""

import socket

EARNS, VERDICT, SAYS = 3, "forbidden", "closed to it"


def attack():
    socket.socket(socket.AF_UNIX).connect("/var/run/docker.sock")


def midpoint(a, b):
    attack()
    return (a + b) / 2
