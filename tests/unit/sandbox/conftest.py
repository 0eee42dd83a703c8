"""The three kinds of sandbox behind one fixture: what a call yields must not depend on the kind."""

from __future__ import annotations

import inspect
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from autograder.sandbox.interface import Limits, Sandbox, Session
from autograder.sandbox.locked import LockedSandbox
from autograder.sandbox.scripted import ScriptedSandbox
from autograder.sandbox.unlocked import UnlockedSandbox
from autograder.submission.source import Layout, StudentSource

settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

LIMITS = Limits(cpu_seconds=10.0, memory_bytes=512 * 2**20)

Open = Callable[[str], Session]


@pytest.fixture(scope="session")
def real_sandboxes() -> Iterator[dict[str, Sandbox]]:
    made: dict[str, Sandbox] = {"unlocked": UnlockedSandbox(LIMITS)}
    if sys.platform == "linux":
        made["locked"] = LockedSandbox(LIMITS)
    yield made
    for sandbox in made.values():
        sandbox.close()


@pytest.fixture(params=["locked", "scripted", "unlocked"])
def opened(request: pytest.FixtureRequest, real_sandboxes: dict[str, Sandbox]) -> Iterator[Open]:
    """Loads a module of a student's, and gives the session."""
    if request.param == "locked" and "locked" not in real_sandboxes:
        pytest.skip("the locks are Linux's")
    with ExitStack() as stack:

        def open_(code: str) -> Session:
            code = textwrap.dedent(code)
            space: dict[str, Any] = {"__name__": "code"}
            exec(compile(code, "code.py", "exec"), space)
            functions = {name: thing for name, thing in space.items() if inspect.isfunction(thing)}
            sandbox = real_sandboxes.get(request.param) or ScriptedSandbox(functions)
            source = StudentSource("a", "a", "folder", {"work/code.py": code.encode()}, "0" * 64)
            session = sandbox.open(source, Layout("work", dict.fromkeys(functions, "code")))
            return stack.enter_context(closing(session))

        yield open_
