"""A sandbox in the same process: functions in, answers as a worker gives them.

It is for a notebook's own check, where the functions are somebody's own, and for tests of the checks.
"""

from __future__ import annotations

import functools
import time
import warnings
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from ..errors import AutograderError, GraderFault, WorkerStopped
from ..submission.source import Layout, StudentSource
from . import replies, wire
from .inside import steps
from .interface import Answer, Outcome, Steps

__all__ = ["ScriptedSandbox", "ScriptedSession"]

Functions = Mapping[str, Callable[..., Any]]


class ScriptedSandbox:
    """Implements :class:`autograder.sandbox.interface.Sandbox`: every submission has these functions.

    Args:
        functions: by name.  One that raises ``WorkerStopped`` or ``GraderFault`` ends its program with it.
        problems: what could not be loaded.
    """

    locks: tuple[str, ...] = ()

    def __init__(self, functions: Functions, problems: tuple[wire.Problem, ...] = ()) -> None:
        self._functions = functions
        self._problems = problems

    def open(
        self,
        source: StudentSource,  # noqa: ARG002
        layout: Layout,
        *,
        meanwhile: Callable[[], None] | None = None,  # noqa: ARG002
    ) -> ScriptedSession:
        """A session with those of the functions that the layout knows."""
        known = {name: function for name, function in self._functions.items() if name in layout.functions}
        return ScriptedSession(known, self._problems)

    def close(self) -> None:
        """There is nothing to end."""


class ScriptedSession:
    """Implements :class:`autograder.sandbox.interface.Session`.

    Everything passes through the wire, as it does on its way to a worker and back.
    """

    def __init__(self, functions: Functions, problems: tuple[wire.Problem, ...] = ()) -> None:
        self._stops: list[AutograderError | KeyboardInterrupt] = []
        self._functions = {name: self._script(function) for name, function in functions.items()}
        self._problems = problems

    @property
    def loaded(self) -> wire.Loaded:
        """All of the functions."""
        return wire.Loaded(tuple(self._functions), self._problems)

    def run(self, *steps_: wire.Call | wire.Sweep) -> Answer:
        """Run a program here; see :meth:`autograder.sandbox.interface.Session.run`."""
        batch = wire.read_request(_body(wire.Batch((wire.Program(0, steps_),))))
        assert isinstance(batch, wire.Batch)
        (program,) = batch.programs
        self._stops.clear()
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            started = time.process_time()
            ran_here = steps.run(program, self._functions)
            taken = time.process_time() - started
        body = _body(ran_here)
        if self._stops:
            raise self._stops[0]
        ran = replies.read(body)
        assert isinstance(ran, wire.Ran)
        return Answer(tuple(map(replies.reply, ran.outcomes)), taken)

    def ahead(self, *programs: Steps) -> tuple[Outcome, ...]:
        """Run the first one; see :meth:`autograder.sandbox.interface.Session.ahead`."""
        try:
            return (self.run(*programs[0]),)
        except (WorkerStopped, GraderFault) as stop:
            return (stop,)

    def close(self) -> None:
        """There is nothing to end."""

    def _script(self, function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def scripted(*args: Any, **kwargs: Any) -> Any:
            if self._stops:
                raise self._stops[0]
            try:
                return function(*args, **kwargs)
            except (AutograderError, KeyboardInterrupt) as stop:
                self._stops.append(stop)
                raise

        return scripted


def _body(message: Any) -> bytearray:
    return wire.frame(message)[wire.HEADER.size :]
