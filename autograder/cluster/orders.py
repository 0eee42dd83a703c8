"""What is said between this machine and the graders of a cluster, as MessagePack."""

from __future__ import annotations

from typing import Any, Literal, TypeVar

import msgspec

from ..grading.many import Job
from ..submission import StudentSource

__all__ = ["Answer", "Failed", "Grade", "Graded", "Ready", "Refused", "Wanted", "answers", "decode", "encode"]

T = TypeVar("T")


class Wanted(msgspec.Struct, frozen=True):
    """What a grader has to hold.

    Attributes:
        job: how to grade; without the course's key.
        version: of the framework.
        rubric_sha256: of the marking scheme.
    """

    job: Job
    version: str
    rubric_sha256: str


class Grade(msgspec.Struct, frozen=True):
    """Grade this."""

    wanted: Wanted
    source: StudentSource
    seed: str


class Ready(msgspec.Struct, frozen=True, tag="ready"):
    """The grader holds what is wanted, and its zygote runs."""


class Refused(msgspec.Struct, frozen=True, tag="refused"):
    """The grader ``worker`` (its address) can't grade this at all; another might."""

    worker: str
    why: str


class Graded(msgspec.Struct, frozen=True, tag="graded"):
    """A result, as :func:`autograder.results.dump` writes it."""

    result: bytes


class Failed(msgspec.Struct, frozen=True, tag="failed"):
    """No result: for a reason that the person at the command line can put right, or by our own fault."""

    whose: Literal["user", "grader"]
    message: str


Answer = Ready | Refused | Graded | Failed

answers = msgspec.msgpack.Decoder(Answer)


def encode(message: Wanted | Grade | Answer) -> bytes:
    """A message as bytes."""
    return msgspec.msgpack.encode(message)


def decode(data: Any, kind: type[T]) -> T:
    """An order from bytes.

    Raises:
        msgspec.MsgspecError: another version's, say.
    """
    return msgspec.msgpack.decode(data, type=kind)
