"""What to do where a lock can't be put on."""

from __future__ import annotations

from ..errors import SandboxUnavailable

__all__ = ["REMEDIES", "unavailable"]

REMEDIES = {
    "linux": "grade on Linux, or in the container (--docker)",
    "landlock": "use Linux 5.13 or newer with landlock among its security modules (boot option lsm=landlock,…), "
    "and a container runtime that lets the landlock system calls through",
    "seccomp": "use a kernel with CONFIG_SECCOMP_FILTER, on x86_64 or aarch64",
    "rlimits": "raise the limits that this process was started with (ulimit -a)",
}


def unavailable(refused: str) -> SandboxUnavailable:
    """The one line for a lock that was refused: what is missing, the remedy, and the way to go on without it.

    Args:
        refused: ``lock: reason``, as the untrusted side says it.
    """
    lock = refused.partition(":")[0]
    if lock not in REMEDIES:
        return SandboxUnavailable(f"the sandbox can't be started: {refused}")
    return SandboxUnavailable(
        f"this machine can't put on the lock {refused}. Remedy: {REMEDIES[lock]}; or go on without it: --without {lock}"
    )
