"""A program's steps, one after the other, and what each yields.

Nothing that a student's function does here ends the worker, short of ending the process: whatever it
raises is an outcome.
"""

from __future__ import annotations

import gc
import math
import sys
import warnings
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from .. import wire
from .arguments import Arguments, UnmetError
from .results import Budget, TooLargeError, class_name, name_of, plain_array, said
from .where import in_frame, in_source

__all__ = ["NO_MEMORY", "Functions", "run"]

MAX_WARNINGS = 5

NO_MEMORY = wire.Failure("raised", "MemoryError")

Functions = Mapping[str, Callable[..., Any]]


class _FailedError(Exception):
    """A step has no result."""

    def __init__(self, failure: wire.Failure) -> None:
        self.failure = failure


def run(program: wire.Program, functions: Functions) -> wire.Ran:
    """Run a program.  Every step has an outcome; one that fails stops none of those after it."""
    run = _Run(functions)
    outcomes = [run.outcome(number, step) for number, step in enumerate(program.steps)]
    return wire.Ran(program.id, tuple([run.echoed(number, outcome) for number, outcome in enumerate(outcomes)]))


class _Run:
    """One program's results, as later steps refer to them."""

    def __init__(self, functions: Functions) -> None:
        self._functions = functions
        self._results: dict[int, Any] = {}
        self._echoes: dict[int, list[Any]] = {}
        self._budget = Budget()

    def outcome(self, number: int, step: wire.Call | wire.Sweep) -> wire.Outcome:
        warned: list[wire.Warned] = []
        value, failure = None, None
        try:
            value = self._sweep(step) if isinstance(step, wire.Sweep) else self._call(number, step, warned)
        except BaseException:  # SystemExit and KeyboardInterrupt are the student's, too
            try:
                failure = _failure()
            except MemoryError:  # the frames that fill the memory are still there
                failure = NO_MEMORY
        if failure is not None and failure.type == "MemoryError":
            gc.collect()  # what filled the memory may refer to itself
        return wire.Outcome(value, failure, tuple(warned))

    def echoed(self, number: int, outcome: wire.Outcome) -> wire.Outcome:
        """The outcome with the step's arguments, if it asked for them, as they are by now."""
        if number not in self._echoes:
            return outcome
        try:
            echo = tuple([self._budget.write(thing) for thing in self._echoes[number]])
        except BaseException:  # raised by a student's own class while it was looked at
            return wire.Outcome(failure=_failure(), warnings=outcome.warnings)
        return wire.Outcome(outcome.value, outcome.failure, outcome.warnings, echo)

    def _call(self, number: int, call: wire.Call, warned: list[wire.Warned]) -> wire.Value:
        function = self._function(call.function)
        pattern = Arguments(call.args, call.kwargs, self._results)
        args, kwargs = pattern.args(), pattern.kwargs()
        if call.echo:
            refs = [isinstance(value, wire.Ref) for value in call.args]
            self._echoes[number] = [None if ref else arg for ref, arg in zip(refs, args, strict=True)]
        result = _watched(function, args, kwargs, warned) if call.watch else function(*args, **kwargs)
        if call.arity is not None and (not isinstance(result, (tuple, list)) or len(result) != call.arity):
            raise _FailedError(_not_due(result))
        picked = _picked(result, call.pick)
        if call.echo:
            self._echoes[number].append(picked)
        value = self._budget.write(picked) if call.send else None
        self._results[number] = result
        return value

    def _sweep(self, sweep: wire.Sweep) -> wire.Value:
        function = self._function(sweep.function)
        pattern = Arguments(sweep.args, sweep.kwargs, self._results)
        values: Any = None
        for row, line in enumerate(sweep.lines):
            directions = [(direction.path, wire.decode(direction.array)) for direction in line]
            for column, step in enumerate(sweep.steps):
                args = pattern.args({path: step * array for path, array in directions})
                point = _point(_picked(function(*args, **pattern.kwargs()), sweep.pick))
                if values is None:
                    values = self._grid(point, len(sweep.lines), len(sweep.steps))
                elif point.shape != values.shape[2:] or point.dtype != values.dtype:
                    raise _FailedError(wire.Failure("ragged"))
                values[row, column] = point
        return None if values is None else wire.encode(values)

    def _grid(self, point: Any, lines: int, steps: int) -> Any:
        self._budget.spend(math.prod((lines, steps, point.nbytes)))
        return np.empty((lines, steps, *point.shape), dtype=point.dtype)

    def _function(self, name: str) -> Callable[..., Any]:
        if name not in self._functions:
            raise _FailedError(wire.Failure("missing"))
        return self._functions[name]


def _watched(function: Callable[..., Any], args: list[Any], kwargs: dict[str, Any], warned: list[wire.Warned]) -> Any:
    with warnings.catch_warnings(record=True) as caught, np.errstate(all="warn"):
        warnings.simplefilter("always")
        try:
            return function(*args, **kwargs)
        finally:
            for warning in caught[:MAX_WARNINGS]:
                where = in_source(warning.filename, warning.lineno)
                warned.append(wire.Warned(name_of(warning.category), said(warning.message), where))


def _failure() -> wire.Failure:
    """The exception that is being handled, as a failure."""
    kind, error, tracebacks = sys.exc_info()
    if isinstance(error, _FailedError):
        return error.failure
    if isinstance(error, UnmetError):
        return wire.Failure("unmet", message=said(error))
    if isinstance(error, TooLargeError):
        return wire.Failure("too_large")
    name = "MemoryError" if isinstance(error, MemoryError) else name_of(kind)
    return wire.Failure("raised", name, said(error), in_frame(tracebacks))


def _picked(result: Any, pick: int | None) -> Any:
    if pick is None:
        return result
    if not isinstance(result, (tuple, list)) or len(result) <= pick:
        raise _FailedError(_not_due(result))
    return result[pick]


def _not_due(result: Any) -> wire.Failure:
    """What came in the place of a tuple: its class, and its length where it has the right class."""
    length = str(len(result)) if isinstance(result, (tuple, list)) else ""
    return wire.Failure("arity", type=class_name(result), message=length)


def _point(result: Any) -> Any:
    """One value of a sweep as an array."""
    if isinstance(result, (np.ndarray, np.generic, bool, int, float)):
        array = plain_array(result)
        if array.dtype in wire.DTYPE_NAMES and array.ndim <= wire.MAX_NDIM - 2:
            return array
    raise _FailedError(wire.Failure("ragged", type=class_name(result)))
