"""A FIFO that nobody writes to and a socket, with the names of modules."""

import os
import socket

EARNS, VERDICT, SAYS = 0, "failed", "is not an ordinary file"


def submission(folder):
    decay = folder / "hostile" / "decay"
    decay.mkdir(parents=True)
    os.mkfifo(decay / "waves.py")
    with socket.socket(socket.AF_UNIX) as bound:
        here = os.getcwd()
        os.chdir(decay)
        bound.bind("other.py")
        os.chdir(here)
    (decay / "geometry.py").write_text("def midpoint(a, b):\n    return 0 * a\n")
    return folder / "hostile"
