"""Real sandboxes, kept for the whole run, and submissions of a few lines to run in them."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from autograder.errors import WorkerStopped
from autograder.sandbox import wire
from autograder.sandbox.inside.control import LOCKS
from autograder.sandbox.interface import Limits, Reply, Session
from autograder.sandbox.locked import LockedSandbox
from autograder.submission.source import Layout, StudentSource

LIMITS = Limits(cpu_seconds=4.0, memory_bytes=256 * 2**20)
PACKAGE = "work"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if sys.platform != "linux":
        for item in items:
            if "/tests/sandbox/" in item.path.as_posix():
                item.add_marker(pytest.mark.skip(reason="the locks are Linux's"))


def source(**modules: str) -> StudentSource:
    """A submission of these modules."""
    files = {f"{PACKAGE}/{name}.py": textwrap.dedent(code).encode() for name, code in modules.items()}
    return StudentSource("somebody", "somebody", "folder", files, "0" * 64)


class Lab:
    """One sandbox, and what tests do with it."""

    def __init__(self, sandbox: LockedSandbox) -> None:
        self.sandbox = sandbox

    @contextmanager
    def session(self, code: str, *names: str, **modules: str) -> Iterator[Session]:
        """A session with the functions ``names`` (``attempt`` if none is named) of the module ``code``."""
        functions = dict.fromkeys(names or ("attempt",), "code")
        layout = Layout(PACKAGE, {**functions, **{name: name for name in modules}})
        with closing(self.sandbox.open(source(code=code, **modules), layout)) as session:
            yield session

    def attempt(self, code: str, *args: wire.Value) -> Reply:
        """What a submission's function ``attempt`` yields."""
        with self.session(code) as session:
            return session.run(wire.Call(function="attempt", args=args)).replies[0]

    def stop(self, code: str, *args: wire.Value) -> WorkerStopped:
        """How a submission's function ``attempt`` ends its worker."""
        with self.session(code) as session:
            with pytest.raises(WorkerStopped) as stopped:
                session.run(wire.Call(function="attempt", args=args))
            return stopped.value

    def zygote(self) -> int:
        """The zygote's process id."""
        assert self.sandbox._zygote
        return self.sandbox._zygote._process.pid

    def workers(self) -> list[int]:
        """The process ids of the workers that have a submission."""
        assert self.sandbox._zygote
        waiting = self.sandbox._zygote.waiting
        children = Path(f"/proc/{self.zygote()}/task/{self.zygote()}/children")
        return [int(pid) for pid in children.read_text().split() if int(pid) != waiting]

    def waiting(self) -> int:
        """The process id of the worker that has none yet."""
        assert self.sandbox._zygote
        return self.sandbox._zygote.waiting


@pytest.fixture(scope="session")
def labs() -> Iterator[Callable[..., Lab]]:
    """Makes a lab whose workers are under the named locks alone, or under all of them."""
    made: dict[tuple[frozenset[str], Limits], Lab] = {}

    def lab(*locks: str, limits: Limits = LIMITS) -> Lab:
        without = frozenset(LOCKS).difference(locks or LOCKS)
        if (without, limits) not in made:
            made[without, limits] = Lab(LockedSandbox(limits, without=without))
        return made[without, limits]

    yield lab
    for one in made.values():
        one.sandbox.close()


@pytest.fixture
def lab(labs: Callable[..., Lab]) -> Lab:
    """A lab whose workers are under all locks."""
    return labs()
