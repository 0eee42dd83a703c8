"""Runs a piece of what runs beside students' code in a process of its own, locks and all.

Such a process can write no file once it is locked, so that coverage can't be measured there as it is elsewhere.
What its lines were comes back through memory that is shared with the test's process, and counts as the test's own.
"""

from __future__ import annotations

import contextlib
import mmap
import os
import pickle
import signal
import time
import traceback
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

try:
    import coverage
except ImportError:  # measured or not, the tests are the same
    coverage = None  # type: ignore[assignment]

SLOT = 8 * 2**20
"""Bytes for what a process tells: the first is the child's, the second that of a child of its own."""

really_exit = os._exit


class ExitedError(BaseException):
    """In the place of ``os._exit``, which would take along what has been measured."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclass
class Told:
    """What a process told at its end: what the work returned, or the status that it exited with, or what it raised."""

    result: Any = None
    status: int | None = None
    raised: str = ""


class Child:
    """A running child; the pieces that it told come in when it has ended."""

    def __init__(self, pid: int, shared: mmap.mmap) -> None:
        self.pid = pid
        self._shared = shared

    def told(self, slot: int = 0, patience: float = 60.0) -> Told:
        """What the child (or, in slot 1, its own child) told."""
        deadline = time.monotonic() + patience
        while (data := self._read(slot)) is None:
            assert time.monotonic() < deadline, "the process ended without a word"
            time.sleep(0.01)
        told, measured = pickle.loads(data)
        if measured is not None:
            here = coverage.Coverage.current()
            if here is not None:
                there = coverage.CoverageData(no_disk=True)
                there.loads(measured)
                here.get_data().update(there)
        assert not told.raised, told.raised
        return told

    def _read(self, slot: int) -> bytes | None:
        start = slot * SLOT
        length = int.from_bytes(self._shared[start : start + 8], "little")
        return self._shared[start + 8 : start + 8 + length] if length else None


@contextlib.contextmanager
def forked(work: Callable[[], Any]) -> Iterator[Child]:
    """Run ``work`` in a child; it is gone afterwards, however it went."""
    shared = mmap.mmap(-1, 2 * SLOT)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the threads of pytest-xdist: none of them is needed here
        pid = os.fork()
    if pid == 0:
        _live(work, shared)
    try:
        yield Child(pid, shared)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def run(work: Callable[[], Any]) -> Told:
    """Run ``work`` in a child to its end."""
    with forked(work) as child:
        return child.told()


def _live(work: Callable[[], Any], shared: mmap.mmap) -> NoReturn:
    """Never returns to the tests, whatever happens: they are the parent's."""
    status = 1
    try:
        child = os.getpid()
        os._exit = _raise_exited
        measuring = _begin()
        told = Told()
        try:
            told.result = work()
        except ExitedError as exited:
            told.status = exited.status
        except BaseException:
            told.raised = traceback.format_exc()
        data = pickle.dumps((told, _measured(measuring)))
        start = 0 if os.getpid() == child else SLOT
        shared[start + 8 : start + 8 + len(data)] = data
        shared[start : start + 8] = len(data).to_bytes(8, "little")
        status = told.status or 0
    finally:
        leave(status)


def leave(status: int) -> NoReturn:
    """End this process at once."""
    import posix

    posix._exit(status)


def _raise_exited(status: int) -> NoReturn:
    raise ExitedError(status)


def _begin() -> Any:
    current = None if coverage is None else coverage.Coverage.current()
    if current is None:
        return None
    current.stop()
    own = coverage.Coverage(data_file=None, branch=True, source_pkgs=["autograder"], config_file=False, messages=False)
    own.set_option("run:disable_warnings", ["module-not-measured", "no-data-collected"])
    own.start()
    return own


def _measured(measuring: Any) -> bytes | None:
    if measuring is None:
        return None
    measuring.stop()
    dumped: bytes = measuring.get_data().dumps()
    return dumped
