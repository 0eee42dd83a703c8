"""A worker without locks, in a process of its own: on a student's machine, whatever its system."""

from __future__ import annotations

import os
import sys

from . import worker
from .pipe import Pipe

__all__ = ["main"]


def main(arguments: list[str]) -> None:
    """Serve what were standard input and output; the student's code finds empty ones in their place.

    The first argument is the processor time in seconds after which the system is to end the process.
    """
    reading, writing = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    if sys.platform == "win32":
        import msvcrt

        msvcrt.setmode(reading, os.O_BINARY)
        msvcrt.setmode(writing, os.O_BINARY)
    else:
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        limit = int(arguments[0])
        resource.setrlimit(resource.RLIMIT_CPU, (limit if most == resource.RLIM_INFINITY else min(limit, most), most))
    worker.take_chance_away()
    worker.serve(Pipe(reading, writing))
