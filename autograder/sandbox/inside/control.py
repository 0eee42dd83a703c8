"""What the trusted side and the zygote say to each other.

One message is one packet of a Unix ``SOCK_SEQPACKET`` pair.  Descriptors travel beside it: the
worker's socket with :class:`Fork`, the worker's pidfd with :class:`Forked`.  No worker ever holds an
end of this pair, so both sides of it are ours.
"""

from __future__ import annotations

import msgspec

__all__ = [
    "LOCKS",
    "OUT_OF_MEMORY",
    "PACKET",
    "Fork",
    "Forked",
    "Ready",
    "Reap",
    "Reaped",
    "Settings",
    "answer_decoder",
    "encode",
    "order_decoder",
]

PACKET = 4096
"""No message is longer."""

LOCKS = ("landlock", "seccomp", "rlimits")
"""The locks that can be left off by name, as results state them."""

OUT_OF_MEMORY = 71
"""The exit status of a worker that had no memory left to answer with."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """How a zygote's workers are locked.

    Attributes:
        memory_bytes: address space on top of what Python and numpy take themselves.
        cpu_seconds: the kernel's own limit on a worker's whole life, far above what the trusted
            side allows: it ends what nobody is left to end.
        without: locks to leave off.
    """

    memory_bytes: int
    cpu_seconds: int
    without: frozenset[str] = frozenset()


class Ready(msgspec.Struct, frozen=True, tag="ready"):
    """The zygote's first word.  ``refused`` names the lock that can't be prepared, and why."""

    refused: str = ""


class Fork(msgspec.Struct, frozen=True, tag="fork"):
    """Start a worker on the socket that comes with this."""


class Forked(msgspec.Struct, frozen=True, tag="forked"):
    """The worker has been started, and its pidfd comes with this; or it can't be, for the reason ``refused``."""

    pid: int = 0
    refused: str = ""


class Reap(msgspec.Struct, frozen=True, tag="reap"):
    """Wait for a worker that has ended, or has been killed."""

    pid: int


class Reaped(msgspec.Struct, frozen=True, tag="reaped"):
    """How it ended: as :attr:`subprocess.Popen.returncode` says it, and its processor time."""

    returncode: int
    cpu_seconds: float


encode = msgspec.msgpack.Encoder().encode
order_decoder = msgspec.msgpack.Decoder(Fork | Reap)
answer_decoder = msgspec.msgpack.Decoder(Ready | Forked | Reaped)
