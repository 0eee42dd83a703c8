"""The floor: the checks against functions in this very process, with no wire and nothing locked."""

from __future__ import annotations

import copy
import time
import warnings
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from autograder.sandbox import wire
from autograder.sandbox.interface import Answer, Reply
from autograder.submission.source import Layout, StudentSource


class Direct:
    """A sandbox that is none: right functions are called as they are."""

    locks: tuple[str, ...] = ()

    def __init__(self, functions: Mapping[str, Callable[..., Any]]) -> None:
        self._functions = functions

    def open(self, source: StudentSource, layout: Layout) -> Direct:  # noqa: ARG002
        return self

    @property
    def loaded(self) -> wire.Loaded:
        return wire.Loaded(tuple(self._functions))

    def close(self) -> None: ...

    def run(self, *steps: wire.Call | wire.Sweep) -> Answer:
        results: list[Any] = []
        started = time.process_time()
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            replies = [self._reply(step, results) for step in steps]
        return Answer(tuple(replies), time.process_time() - started)

    def _reply(self, step: wire.Call | wire.Sweep, results: list[Any]) -> Reply:
        args = [argument(value, results) for value in step.args]
        kwargs = {name: argument(value, results) for name, value in step.kwargs.items()}
        function = self._functions[step.function]
        if isinstance(step, wire.Sweep):
            results.append(None)
            return Reply(self._sweep(step, function, args, kwargs))
        result = function(*args, **kwargs)
        results.append(result)
        # What is sent is as it was before a later step could change it.
        value = copy.deepcopy(result if step.pick is None else result[step.pick]) if step.send else None
        echo = tuple(None if isinstance(ref, wire.Ref) else arg for ref, arg in zip(step.args, args, strict=True))
        return Reply(value, echo=(*echo, value) if step.echo else ())

    def _sweep(self, step: wire.Sweep, function: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]) -> Any:
        lines = []
        for line in step.lines:
            points = []
            for h in step.steps:
                moved = copy.deepcopy(args)
                for direction in line:
                    holder, key = moved, direction.path[0]
                    for deeper in direction.path[1:]:
                        holder, key = holder[key], deeper
                    holder[key] = holder[key] + h * wire.decode(direction.array)
                out = function(*moved, **kwargs)
                points.append(out if step.pick is None else out[step.pick])
            lines.append(points)
        return np.array(lines)


def argument(value: wire.Value, results: list[Any]) -> Any:
    """A fresh, writable copy of an argument."""
    if isinstance(value, wire.Ref):
        thing = results[value.step]
        for key in value.path:
            thing = thing[key]
        return thing
    if isinstance(value, wire.Rng):
        return np.random.default_rng(value.seed)
    return copy.deepcopy(wire.decode(value))
