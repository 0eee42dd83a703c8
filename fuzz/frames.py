"""Fuzzes what the trusted side does with a worker's bytes; see README.md."""

from __future__ import annotations

import contextlib
import sys
from typing import Any

import atheris
import numpy as np

with atheris.instrument_imports(include=["autograder"]):
    from autograder.sandbox import replies, wire
    from autograder.sandbox.channel import Frames

wire.MAX_FRAME = 2**16  # a longer one costs this harness a second for every twenty inputs, and no other branch

SEEDS = (
    wire.Hello(("landlock", "rlimits", "seccomp")),
    wire.Loading("waves"),
    wire.Loaded(("f",), (wire.Problem("waves", 3, "error", "ValueError"),)),
    wire.Ran(
        7,
        (
            wire.Outcome(wire.encode((np.arange(6.0).reshape(2, 3), {"W": [1, "two", None]}, np.float32(3)))),
            wire.Outcome(failure=wire.Failure("raised", "ValueError", "no", "waves.py:3 in f")),
            wire.Outcome(wire.Opaque("Cache"), warnings=(wire.Warned("RuntimeWarning", "overflow"),), echo=(True,)),
        ),
    ),
)


def taken_apart(data: bytes) -> None:
    """One input: as a frame's body, and as a stream of frames in pieces."""
    body(data)
    frames = Frames()
    with contextlib.suppress(wire.WireError):
        for start in range(0, len(data), 7):
            frames.feed(data[start : start + 7])
            while (found := frames.next()) is not None:
                body(bytes(found))


def body(data: bytes) -> None:
    """What a worker's process is asked to believe."""
    with contextlib.suppress(wire.WireError):
        reply = replies.read(data)
        if isinstance(reply, wire.Ran):
            for outcome in reply.outcomes:
                held(replies.reply(outcome).value)
        else:
            replies.tidy(reply)


def held(value: Any) -> None:
    """Only plain values come through, and every text can be shown."""
    if isinstance(value, (tuple, list)):
        for part in value:
            held(part)
    elif isinstance(value, dict):
        for key, part in value.items():
            held(key)
            held(part)
    elif isinstance(value, (np.ndarray, np.generic)):
        assert value.dtype.name in wire.DTYPES
    elif isinstance(value, str):
        assert value.isprintable()
        assert len(value) <= replies.MAX_TEXT
    else:
        assert value is None or isinstance(value, (bool, int, float, wire.Opaque)), type(value)


def mutated(data: bytes, size: int, seed: int) -> bytes:
    """Now and then a whole message is what the next inputs begin from."""
    if seed % 5 == 0 and len(data) < 8:
        data = bytes(wire.frame(SEEDS[seed // 5 % len(SEEDS)])[wire.HEADER.size * (seed % 2) :])
    return atheris.Mutate(data, size)


if __name__ == "__main__":
    atheris.Setup(sys.argv, taken_apart, custom_mutator=mutated)
    atheris.Fuzz()
