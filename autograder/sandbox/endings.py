"""Whose fault it was that a worker ended: decided here, by enumeration."""

from __future__ import annotations

import enum
import math
import signal
from dataclasses import dataclass
from typing import assert_never

from ..errors import AutograderError, GraderFault, WorkerStopped
from ..results import Verdict
from .inside.control import OUT_OF_MEMORY

__all__ = ["Ending", "Seen", "judge"]


class Seen(enum.Enum):
    """What the trusted side saw first."""

    CPU_TIME = enum.auto()
    """It used up its processor time, and was killed."""
    WALL_TIME = enum.auto()
    """It waited too long, and was killed."""
    NOT_THE_PROTOCOL = enum.auto()
    """It wrote what no worker writes, and was killed."""
    SILENCE = enum.auto()
    """It closed its pipe and lived on, and was killed."""
    END = enum.auto()
    """Its process ended."""


@dataclass(frozen=True)
class Ending:
    """How a worker's life ended.

    Attributes:
        seen: what the trusted side saw first.
        ran_code: whether any of the student's code had a chance to run.
        returncode: as :attr:`subprocess.Popen.returncode`; ``None`` where nobody can tell any more.
        cpu_seconds: the processor time of its whole life, as its parent was told.
        detail: what was wrong with what it wrote.
    """

    seen: Seen
    ran_code: bool
    returncode: int | None = None
    cpu_seconds: float = math.nan
    detail: str = ""


_CRASHES = {
    "SIGSEGV": "it used memory that isn't its own (a segmentation fault)",
    "SIGABRT": "it was aborted",
    "SIGFPE": "it made an arithmetic error that the processor doesn't survive",
    "SIGILL": "it ran an instruction that the processor doesn't know",
    "SIGBUS": "it used memory that isn't there (a bus error)",
    "SIGTRAP": "it stopped for a debugger that isn't there",
}
CRASHES = {getattr(signal, name): what for name, what in _CRASHES.items() if hasattr(signal, name)}
"""What a signal means that a crash ends by, of those that the system has."""


def judge(ending: Ending, cpu_limit: float, life_limit: float) -> AutograderError:
    """The exception that says whose fault an ending was, and what happened.

    Args:
        ending: what is known.
        cpu_limit: the processor time in seconds that the code was allowed.
        life_limit: the kernel's own limit on the worker's processor time (``Settings.cpu_seconds``).
    """
    if not ending.ran_code:
        return GraderFault(f"a worker ended before any of the student's code ran ({ending})")
    match ending.seen:
        case Seen.CPU_TIME:
            return _timed_out(f"The code ran for more than {cpu_limit:g} s and was stopped.")
        case Seen.WALL_TIME:
            return _timed_out("The code waited (slept, perhaps) for so long that it was stopped.")
        case Seen.NOT_THE_PROTOCOL:
            return _forbidden("The code wrote to the grader's own pipe.", ending.detail)
        case Seen.SILENCE:
            return _forbidden("The code closed the grader's own pipe.")
        case Seen.END:
            return _judge_end(ending, life_limit)
        case _:
            assert_never(ending.seen)


def _judge_end(ending: Ending, life_limit: float) -> AutograderError:
    if ending.returncode is None:
        return GraderFault("a worker is gone, and nobody can tell how it ended")
    if ending.returncode == OUT_OF_MEMORY:
        return WorkerStopped(Verdict.OUT_OF_MEMORY, "The code took up more memory than it is allowed.")
    if ending.returncode >= 0:
        return WorkerStopped(Verdict.CRASHED, "The code ended the process that it ran in.")
    number = -ending.returncode
    if number == _number("SIGXCPU"):
        return _timed_out("The code took up all the processor time that a submission may have.")
    if number == _number("SIGKILL") and ending.cpu_seconds >= life_limit:
        return _timed_out("The code took up all the processor time that a submission may have.")
    if number == _number("SIGSYS"):
        return _forbidden("The code made a system call that is forbidden.")
    if number in CRASHES:
        return WorkerStopped(Verdict.CRASHED, f"The code crashed the process that it ran in: {CRASHES[number]}.")
    return GraderFault(f"a worker was killed from outside, by signal {number}")


def _number(name: str) -> int:
    """A signal's number, or one that no process ends by where the system lacks that signal."""
    return int(getattr(signal, name, 0))


def _timed_out(message: str) -> WorkerStopped:
    return WorkerStopped(Verdict.TIMED_OUT, message)


def _forbidden(message: str, detail: str = "") -> WorkerStopped:
    return WorkerStopped(Verdict.FORBIDDEN, message, detail)
