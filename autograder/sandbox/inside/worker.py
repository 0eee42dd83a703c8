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

__all__ = ["serve"]


def serve(pipe: Pipe, locks: tuple[str, ...] = ()) -> None:
    """Say hello, then answer requests until the pipe is closed.

    It doesn't return to the caller's code: that belongs to the process that the worker was forked from.
    """
    status = 1
    try:
        pipe.write(wire.Hello(locks))
        be_quiet()
        take_chance_away()
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
            _run(request, functions, pipe)


def _run(program: wire.Program, functions: steps.Functions, pipe: Pipe) -> None:
    try:
        pipe.write(steps.run(program, functions))
    except (wire.WireError, MemoryError) as error:
        failure = wire.Failure("too_large") if isinstance(error, wire.WireError) else wire.Failure("raised", "MemoryError")
        pipe.write(wire.Ran(program.id, tuple(wire.Outcome(failure=failure) for _ in program.steps)))


def take_chance_away() -> None:
    """Seed every generator that a student may draw from without a seed, so that a regrade gives the same marks.

    ``default_rng()`` asks the operating system for its seed through ``randbits``.
    """
    random.seed(0)
    np.random.seed(0)
    bit_generator.randbits = random.Random(0).getrandbits


def be_quiet() -> None:
    """A warning is no error and costs no time, whatever a student's module has set for its own use."""
    warnings.resetwarnings()
    warnings.simplefilter("ignore")
    np.seterr(all="ignore")
