"""The locks, one function each, and the order in which they are put on.

What costs time is prepared once, in the zygote (:func:`prepare`); a worker only puts it on
(:func:`put_on`).  The order is an argument:

1. Ties to the outside are cut first, while the process may still do everything: it keeps no
   descriptor but its pipe (on which it can say from then on what was refused), dies with its zygote,
   and leaves the session.
2. Privileges go before the limits that they could lift again.
3. Limits come before files, because they start from what ``/proc`` says that Python takes.
4. The system-call policy is last, because it forbids the calls that put the others on.  From then on
   nothing can be loosened, by a student's code or by ours.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import os
import resource
import signal
from dataclasses import dataclass
from pathlib import Path

from . import landlock, seccomp
from .control import Settings

__all__ = ["PIPE", "Plan", "RefusedError", "prepare", "put_on"]

libc = ctypes.CDLL(None, use_errno=True)

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_NO_NEW_PRIVS = 38
CAPABILITY_VERSION = 0x20080522

PIPE, RULES = 3, 4
"""Where a worker keeps its pipe and, until it has used them, the rules for files."""

FREE = 16
"""From here up no descriptor has a place of its own."""


class RefusedError(Exception):
    """A lock that can't be put on, with the reason and the remedy."""


@dataclass(frozen=True)
class Plan:
    """What the zygote has prepared for all workers.

    Attributes:
        settings: the limits, and the locks to leave off.
        devnull: a descriptor of ``/dev/null``.
        rules: a descriptor of the Landlock rules; ``None`` leaves that lock off.
        program: the seccomp program; ``None`` leaves that lock off.
    """

    settings: Settings
    devnull: int
    rules: int | None
    program: bytes | None


def prepare(settings: Settings) -> Plan:
    """Do once what every worker needs.

    Raises:
        RefusedError: for a lock that this machine doesn't have.
    """
    empty_environment()
    return Plan(
        settings=settings,
        devnull=os.open(os.devnull, os.O_RDWR),
        rules=None if "landlock" in settings.without else _rules(),
        program=None if "seccomp" in settings.without else _program(),
    )


def put_on(plan: Plan, pipe: int, zygote: int) -> tuple[str, ...]:
    """Lock this process for good, and say which of the locks that can be left off are on.

    Args:
        plan: what was prepared.
        pipe: the descriptor of the worker's pipe; it becomes :data:`PIPE`.
        zygote: the parent's process id.

    Raises:
        RefusedError: for a lock that can't be put on; the process must then say so and end.
    """
    keep_only_the_pipe(plan, pipe)
    die_with(zygote)
    leave_session()
    gain_no_privileges()
    drop_capabilities()
    stay_unreadable()
    locks = []
    if "rlimits" not in plan.settings.without:
        limit_resources(plan.settings)
        locks.append("rlimits")
    if plan.rules is not None:
        restrict_files()
        locks.append("landlock")
    os.close(RULES)
    if plan.program is not None:
        restrict_system_calls(plan.program)
        locks.append("seccomp")
    return tuple(sorted(locks))


def keep_only_the_pipe(plan: Plan, pipe: int) -> None:
    """An open descriptor is a right that no later lock takes away."""
    rules = plan.devnull if plan.rules is None else plan.rules
    # Upwards first: a low number may be the place of one that is yet to be moved.
    pipe, rules, devnull = (fcntl.fcntl(held, fcntl.F_DUPFD, FREE) for held in (pipe, rules, plan.devnull))
    os.dup2(pipe, PIPE, inheritable=False)
    os.dup2(rules, RULES, inheritable=False)
    for standard in (0, 1, 2):
        os.dup2(devnull, standard)
    for name in os.listdir("/proc/self/fd"):  # noqa: PTH208
        if int(name) > RULES:
            with contextlib.suppress(OSError):  # the one that the list itself was read from
                os.close(int(name))


def die_with(zygote: int) -> None:
    """Be killed when the zygote ends, so that no worker outlives the grader."""
    _prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != zygote:
        os._exit(1)  # it ended before the kernel was told


def leave_session() -> None:
    """No terminal, and no process group to signal but one's own."""
    os.setsid()


def empty_environment() -> None:
    """Leave nothing in ``os.environ``.  The zygote's own start (``/proc/self/environ``) held no secret either."""
    os.environ.clear()


def gain_no_privileges() -> None:
    """No later call can gain a privilege.  Landlock and seccomp ask for this, too."""
    _prctl(PR_SET_NO_NEW_PRIVS, 1)


def drop_capabilities() -> None:
    """A grader that runs as root has capabilities that lift limits and pass over permissions."""
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION, 0)
    nothing = (ctypes.c_uint32 * 6)()
    if libc.capset(header, nothing):
        raise RefusedError(f"capabilities can't be dropped: {_reason()}")


def stay_unreadable() -> None:
    """Other processes of the same user can't read this one's memory, nor trace it."""
    _prctl(PR_SET_DUMPABLE, 0)


def limit_resources(settings: Settings) -> None:
    """What the kernel itself counts.

    The trusted side measures processor time and kills; the limit here ends what nobody is left to
    end.  Zero processes: the worker never needs a second one, so other processes of the same user
    don't matter.
    """
    address_space = _address_space() + settings.memory_bytes
    limits = {
        resource.RLIMIT_AS: address_space,
        resource.RLIMIT_CPU: settings.cpu_seconds,
        resource.RLIMIT_NOFILE: 64,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NPROC: 0,
        resource.RLIMIT_STACK: 8 * 2**20,
        resource.RLIMIT_MEMLOCK: 0,
        resource.RLIMIT_MSGQUEUE: 0,
        resource.RLIMIT_SIGPENDING: 0,
        resource.RLIMIT_NICE: 0,
        resource.RLIMIT_RTPRIO: 0,
    }
    try:
        for kind, limit in limits.items():
            _, most = resource.getrlimit(kind)
            limit = limit if most == resource.RLIM_INFINITY else min(limit, most)
            resource.setrlimit(kind, (limit, limit))
    except (OSError, ValueError) as error:
        raise RefusedError(f"rlimits: {error}") from None


def restrict_files() -> None:
    """Read what numpy and the standard library need; write nothing (``landlock.py``)."""
    try:
        landlock.restrict(RULES)
    except landlock.UnavailableError as error:
        raise RefusedError(f"landlock: {error}") from None


def restrict_system_calls(program: bytes) -> None:
    """Allow the calls that ``sandbox/policy.py`` lists, and no other."""
    try:
        seccomp.install(program)
    except OSError as error:
        raise RefusedError(f"seccomp: {error.strerror}") from None


def _rules() -> int:
    try:
        return landlock.ruleset()
    except landlock.UnavailableError as error:
        raise RefusedError(f"landlock: {error}") from None


def _program() -> bytes:
    try:
        return seccomp.program()
    except OSError:
        raise RefusedError(f"seccomp: no policy has been compiled for {os.uname().machine}") from None


def _address_space() -> int:
    """How much address space this process has now, in bytes."""
    return int(Path("/proc/self/statm").read_bytes().split()[0]) * resource.getpagesize()


def _prctl(option: int, value: int) -> None:
    if libc.prctl(option, ctypes.c_ulong(value), ctypes.c_ulong(0), ctypes.c_ulong(0), ctypes.c_ulong(0)):
        raise RefusedError(f"prctl {option}: {_reason()}")


def _reason() -> str:
    return os.strerror(ctypes.get_errno())
