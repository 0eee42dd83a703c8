"""What is said over the pipe between this machine and the container.

A frame is its length, four bytes with the highest first, and a message as MessagePack.
"""

from __future__ import annotations

import os
from typing import IO, Any, Literal

import msgspec

from ..grading.many import Job
from ..submission import StudentSource

__all__ = [
    "MAX_BYTES",
    "Answer",
    "Begin",
    "Failed",
    "FrameError",
    "Grade",
    "Graded",
    "Order",
    "Ready",
    "Refused",
    "answers",
    "orders",
    "read",
    "write",
]

MAX_BYTES = 128 * 2**20
"""No frame is longer; a submission is at most half of this."""

HEAD = 4


class FrameError(Exception):
    """What came is no frame, or not the whole of one."""


class Begin(msgspec.Struct, frozen=True, tag="begin"):
    """The first order: how to grade, and how many at the same time."""

    job: Job
    width: int


class Grade(msgspec.Struct, frozen=True, tag="grade"):
    """Grade this; the answer has the same number."""

    number: int
    source: StudentSource


class Ready(msgspec.Struct, frozen=True, tag="ready"):
    """The first answer: what the container holds."""

    version: str
    rubric_sha256: str


class Refused(msgspec.Struct, frozen=True, tag="refused"):
    """The first answer, and the last: why the container can't grade."""

    message: str


class Graded(msgspec.Struct, frozen=True, tag="graded"):
    """A result, as :func:`autograder.results.dump` writes it."""

    number: int
    result: bytes


class Failed(msgspec.Struct, frozen=True, tag="failed"):
    """No result: for a reason that the person at the command line can put right, or by our own fault."""

    number: int
    whose: Literal["user", "grader"]
    message: str


Order = Begin | Grade
Answer = Ready | Refused | Graded | Failed

orders = msgspec.msgpack.Decoder(Order)
answers = msgspec.msgpack.Decoder(Answer)


def write(descriptor: int, message: Order | Answer) -> None:
    """Write one frame.

    Raises:
        FrameError: if it is too long.
        OSError: if nobody reads any more.
    """
    body = msgspec.msgpack.encode(message)
    if len(body) > MAX_BYTES:
        raise FrameError(f"a frame of {len(body)} bytes is too long")
    left = memoryview(len(body).to_bytes(HEAD, "big") + body)
    while left:
        left = left[os.write(descriptor, left) :]


def read(stream: IO[bytes], decoder: msgspec.msgpack.Decoder[Any]) -> Any:
    """Read one frame from a buffered stream; ``None`` at its end.

    Raises:
        FrameError: if it is too long, is cut short, or holds no message that the decoder knows.
    """
    head = stream.read(HEAD)
    if not head:
        return None
    length = int.from_bytes(head, "big")
    if len(head) < HEAD or length > MAX_BYTES:
        raise FrameError("what came is no frame")
    body = stream.read(length)
    if len(body) < length:
        raise FrameError("a frame was cut short")
    try:
        return decoder.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise FrameError(f"a frame holds no message: {error}") from None
