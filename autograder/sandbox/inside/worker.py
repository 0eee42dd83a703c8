"""A worker's life once its locks are on: load one submission, then run programs until it is ended."""

from __future__ import annotations

import os
import random
import warnings

import numpy as np
from numpy.random import bit_generator

from .. import wire
from . import modules, steps
from .control import OUT_OF_MEMORY
from .pipe import Pipe

__all__ = ["serve", "take_chance_away"]


def serve(pipe: Pipe, locks: tuple[str, ...] = ()) -> None:
    """Say hello, then answer requests until the pipe is closed.

    It doesn't return to the caller's code: that belongs to the process that the worker was forked from.
    """
    status = 1
    try:
        pipe.write(wire.Hello(locks))
        be_quiet()
        random.seed(0)  # a fork seeds this one from the system
        _answer(pipe)
        status = 0
    except MemoryError:
        status = OUT_OF_MEMORY
    finally:
        os._exit(status)


def _answer(pipe: Pipe) -> None:
    functions: steps.Functions = {}
    while (request := pipe.read()) is not None:
        if isinstance(request, wire.Load):
            functions, loaded = modules.load(request, pipe.write)
            be_quiet()
            pipe.write(loaded)
        else:
            for program in request.programs:
                _run(program, functions, pipe)


def _run(program: wire.Program, functions: steps.Functions, pipe: Pipe) -> None:
    try:
        pipe.write(steps.run(program, functions))
        return
    except wire.WireError:
        failure = wire.Failure("too_large")
    except MemoryError:
        failure = steps.NO_MEMORY
    pipe.write(wire.Ran(program.id, (wire.Outcome(failure=failure),) * len(program.steps)))


def take_chance_away() -> None:
    """Seed what numpy draws from where a student gives no seed, so that a regrade gives the same marks.

    ``default_rng()`` has its seed from ``randbits``.  To be called before a worker is forked, which
    then has nothing to do.
    """
    np.random.seed(0)
    setattr(bit_generator, "randbits", random.Random(0).getrandbits)  # noqa: B010


def be_quiet() -> None:
    """A warning is no error and costs no time, whatever a student's module has set for its own use."""
    warnings.resetwarnings()
    warnings.simplefilter("ignore")
    np.seterr(all="ignore")
