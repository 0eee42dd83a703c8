"""How the functions are called: the reference's here, the student's through the wire."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from ..errors import GraderFault, RubricError
from ..sandbox import wire
from .base import Case, Reference

__all__ = ["Wired", "ask", "ask_pair", "finite", "fresh", "is_random", "is_single", "parameters"]


def fresh(thing: Any) -> Any:
    """An argument for the reference: a copy, a generator for a :class:`wire.Rng`, float32 widened.

    The reference computes in float64 always: what is due for a float32 input is as right as can be.
    """
    if isinstance(thing, np.ndarray):
        return thing.astype(np.float64) if thing.dtype == np.float32 else thing.copy(order="K")
    if isinstance(thing, wire.Rng):
        return np.random.default_rng(thing.seed)
    if isinstance(thing, Mapping):
        return {key: fresh(part) for key, part in thing.items()}
    if isinstance(thing, (tuple, list)):
        return type(thing)(map(fresh, thing))
    return thing


def ask(reference: Reference, function: str, case: Case) -> Any:
    """What the reference returns in a case."""
    return reference[function](*map(fresh, case.args), **{name: fresh(part) for name, part in case.kwargs.items()})


def ask_pair(
    reference: Reference, forward: str, backward: str, case: Case, rng: np.random.Generator
) -> tuple[Any, Any, tuple[Any, ...]]:
    """What the reference's forward returns in a case, a random upstream gradient, and what its backward returns.

    Returns:
        ``out``, ``dout`` (as ``out`` in shape, standard normal), and the gradients, in a tuple also where there is one.
    """
    out, cache = ask(reference, forward, case)
    dout = rng.standard_normal(np.shape(out))
    gradients = reference[backward](dout.copy(), cache)
    return out, dout, tuple(gradients) if isinstance(gradients, (tuple, list)) else (gradients,)


def finite(expected: Any, function: str) -> Any:
    """``expected`` itself, if every number in it is finite.

    Raises:
        GraderFault: if not: a comparison with nan can't be passed.
    """
    if type(expected) is np.ndarray and np.isfinite(expected).all():
        return expected
    if isinstance(expected, Mapping):
        return {key: finite(part, function) for key, part in expected.items()}
    if isinstance(expected, (tuple, list)):
        return tuple(finite(part, function) for part in expected)
    if not isinstance(expected, str) and not np.isfinite(expected).all():
        raise GraderFault(f"the reference's {function} gives a number that is not finite")
    return expected


def is_single(case: Case) -> bool:
    """Whether float32 went in, so that no more can come out."""
    return any(type(arg) is np.ndarray and arg.dtype == np.float32 for arg in case.args)


def is_random(case: Case) -> bool:
    """Whether a generator went in."""
    return any(isinstance(arg, wire.Rng) for arg in (*case.args, *case.kwargs.values()))


def parameters(function: Callable[..., Any]) -> tuple[str, ...]:
    """The names of a function's positional parameters.

    Raises:
        RubricError: if it has no signature.
    """
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        raise RubricError(f"{function!r} has no signature to take its arguments' names from") from None
    positional = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return tuple(name for name, parameter in signature.parameters.items() if parameter.kind in positional)


class Wired:
    """A case's arguments as they travel, written down once for all the steps that take them."""

    def __init__(self, case: Case) -> None:
        self._args = tuple(map(wire.encode, case.args))
        self._kwargs = wire.encode_kwargs(case.kwargs)

    def call(self, function: str, **options: Any) -> wire.Call:
        """The step that calls a student's function; ``options`` are :class:`wire.Call`'s."""
        return wire.Call(function=function, args=self._args, kwargs=self._kwargs, **options)

    def sweep(
        self,
        function: str,
        lines: Iterable[Iterable[tuple[Sequence[int | str], Any]]],
        steps: Sequence[float],
        **options: Any,
    ) -> wire.Sweep:
        """The step that calls a student's function along lines; a line is directions by path."""
        return wire.Sweep(
            function=function,
            args=self._args,
            kwargs=self._kwargs,
            lines=tuple(tuple(wire.direction(path, array) for path, array in line) for line in lines),
            steps=tuple(steps),
            **options,
        )
