"""What the sandbox has on this machine: each lock is put on by itself, and has to hold by itself."""

from __future__ import annotations

import contextlib
import math
import os
import platform
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from ..errors import AutograderError
from ..submission.source import Layout, StudentSource
from . import wire
from .inside.control import LOCKS
from .interface import Answer, Limits
from .locked import LockedSandbox
from .remedies import REMEDIES

__all__ = ["Finding", "examine"]

PROGRAM = b"""
import os, socket
import numpy as np

def read(path):
    return len(open(path, "rb").read())

def write(path):
    os.close(os.open(path, os.O_WRONLY))

def connect():
    socket.socket().close()

def start():
    if os.fork() == 0:
        os._exit(0)

def take(size):
    np.ones(size)

def compute():
    import colorsys, xml.dom.minidom
    square = np.random.default_rng(0).normal(size=(9, 9))
    return np.linalg.norm(np.linalg.solve(square, square) - np.eye(9)) < 1e-9
"""
FUNCTIONS = ("read", "write", "connect", "start", "take", "compute")

LIMITS = Limits(cpu_seconds=5.0, memory_bytes=256 * 2**20)

HELD = {
    "landlock": {
        "reading a file": wire.Call(function="read", args=(__file__,)),
        "writing a file": wire.Call(function="write", args=(os.devnull,)),
    },
    "seccomp": {
        "writing a file": wire.Call(function="write", args=(os.devnull,)),
        "opening a socket": wire.Call(function="connect"),
        "starting a process": wire.Call(function="start"),
    },
    "rlimits": {"taking more memory": wire.Call(function="take", args=(LIMITS.memory_bytes,))},
}
"""What each lock has to stop by itself."""


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        name: what it is.
        ok: whether it is as grading needs it.
        detail: what was found.
        remedy: what to do where it isn't.
    """

    name: str
    ok: bool
    detail: str
    remedy: str


def examine() -> list[Finding]:
    """Look at the system, at each lock by itself, and at a worker under all of them."""
    system = f"{platform.system()} {platform.release()} on {platform.machine()}, Python {platform.python_version()}"
    found = [Finding("system", sys.platform == "linux", system, REMEDIES["linux"])]
    if found[0].ok:
        found += [_by_itself(lock) for lock in LOCKS]
        found.append(_together())
    return found


def _by_itself(lock: str) -> Finding:
    def look(sandbox: LockedSandbox) -> tuple[bool, str]:
        answer = _ask(sandbox, *HELD[lock].values())
        let_through = [
            what for what, reply in zip(HELD[lock], answer.replies, strict=True) if not _is_refusal(reply.failure)
        ]
        if let_through:
            return False, f"it is on, but lets through: {', '.join(let_through)}"
        return True, f"{_version(lock)}stops {', '.join(HELD[lock])}"

    return _finding(lock, frozenset(LOCKS) - {lock}, look, REMEDIES[lock])


def _together() -> Finding:
    def look(sandbox: LockedSandbox) -> tuple[bool, str]:
        started = time.perf_counter()
        answer = _ask(sandbox, wire.Call(function="compute"))
        taken = time.perf_counter() - started
        if answer.replies[0].failure is not None:
            return False, f"numpy doesn't work under the locks: {answer.replies[0].failure.message}"
        if math.isnan(answer.cpu_seconds):
            return False, "a worker's processor time can't be read from outside"
        return True, f"numpy and the standard library work under all locks; a worker took {1e3 * taken:.0f} ms"

    return _finding("sandbox", frozenset(), look, "please report this line")


def _finding(
    name: str, without: frozenset[str], look: Callable[[LockedSandbox], tuple[bool, str]], remedy: str
) -> Finding:
    try:
        with LockedSandbox(LIMITS, without=without) as sandbox:
            ok, detail = look(sandbox)
    except AutograderError as error:
        ok, detail = False, str(error)
    return Finding(name, ok, detail, remedy)


def _ask(sandbox: LockedSandbox, *calls: wire.Call) -> Answer:
    source = StudentSource("doctor", "doctor", "folder", {"probe/probe.py": PROGRAM}, "")
    session = sandbox.open(source, Layout("probe", dict.fromkeys(FUNCTIONS, "probe")))
    with contextlib.closing(session):
        return session.run(*calls)


def _is_refusal(failure: wire.Failure | None) -> bool:
    return failure is not None and failure.type in ("PermissionError", "MemoryError", "_ArrayMemoryError")


def _version(lock: str) -> str:
    if lock != "landlock":
        return ""
    import py_landlock

    return f"ABI {py_landlock.get_abi_version()}; "
