"""The floor: the checks against functions in this very process, with no wire and nothing locked."""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from autograder.sandbox import wire
from autograder.sandbox.interface import Answer, Reply, Steps
from autograder.submission.source import Layout, StudentSource


class Direct:
    """A sandbox that is none: right functions are called as they are."""

    locks: tuple[str, ...] = ()

    def __init__(self, functions: Mapping[str, Callable[..., Any]]) -> None:
        self._functions = functions

    def open(self, source: StudentSource, layout: Layout, *, meanwhile: Callable[[], None] | None = None) -> Direct:  # noqa: ARG002
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

    def ahead(self, *programs: Steps) -> tuple[Answer, ...]:
        return tuple(self.run(*steps) for steps in programs)

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
        value = fresh(result if step.pick is None else result[step.pick]) if step.send else None
        echo = tuple(None if isinstance(ref, wire.Ref) else arg for ref, arg in zip(step.args, args, strict=True))
        return Reply(value, echo=(*echo, value) if step.echo else ())

    def _sweep(self, step: wire.Sweep, function: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]) -> Any:
        points = []
        for line in step.lines:
            directions = [(direction.path, wire.decode(direction.array)) for direction in line]
            for h in step.steps:
                moved = [fresh(arg) for arg in args]
                for (position, *keys), direction in directions:
                    if keys:
                        moved[position][keys[0]] = moved[position][keys[0]] + h * direction
                    else:
                        moved[position] = moved[position] + h * direction
                out = function(*moved, **kwargs)
                points.append(out if step.pick is None else out[step.pick])
        return np.array(points).reshape(len(step.lines), len(step.steps), *np.shape(points[0]))


def argument(value: wire.Value, results: list[Any]) -> Any:
    """A fresh, writable copy of an argument."""
    if isinstance(value, wire.Ref):
        thing = results[value.step]
        for key in value.path:
            thing = thing[key]
        return thing
    if isinstance(value, wire.Rng):
        return np.random.default_rng(value.seed)
    return fresh(wire.decode(value))


def fresh(thing: Any) -> Any:
    """A copy, whatever it is made of."""
    if isinstance(thing, np.ndarray):
        return thing.copy()
    if isinstance(thing, dict):
        return {key: fresh(part) for key, part in thing.items()}
    if isinstance(thing, (tuple, list)):
        return type(thing)([fresh(part) for part in thing])
    return thing
