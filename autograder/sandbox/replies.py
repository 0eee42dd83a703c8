"""Reading what a worker wrote, which may be anything at all.

Three things are done here and nowhere else: a frame is bounded before it is decoded, its contents are
held to the protocol, and every text in it is made safe to show.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import msgspec
import numpy as np

from ..text import lines, plain
from . import wire
from .interface import Reply

__all__ = ["MAX_SOURCE", "MAX_TEXT", "MAX_VALUES", "memory_bytes", "read", "reply", "tidy"]

MAX_VALUES = 2**19
"""MessagePack values in one frame."""

VALUE_BYTES = 100
"""The most that one of them takes up as a Python object, but for what is in a text."""

SHORT = 2**14
"""Bytes of a frame that is not worth counting the values of."""

MAX_TEXT = 500

SPELT_BYTES = 16
"""The most that a byte of a text takes up: a control character is spelt in four, all as wide as the widest of them."""

MAX_TEXT_BYTES = 4 * MAX_TEXT

HARMLESS = frozenset([np.ndarray, np.float64, float, int, bool, type(None)])
"""Types with no text in them: most of what comes."""

MAX_SOURCE = 8 * 2**10
"""Characters of one function's source."""


def read(body: bytes | bytearray) -> wire.Reply:
    """Decode one frame.

    Raises:
        WireError: if it isn't a message of the protocol, or would take up too much memory.
    """
    # A value takes at least one byte, so that a short frame needs no counting.
    if len(body) > MAX_VALUES and _count(body) > MAX_VALUES:
        raise wire.WireError("a frame with too many values in it")
    return wire.read_reply(body)


def memory_bytes(body: bytes | bytearray) -> int:
    """More than the replies in a frame that was read take up."""
    if len(body) <= SHORT:
        return len(body) + VALUE_BYTES * len(body)
    total = len(body)
    for begin, end in itertools.pairwise(itertools.chain(_values(body), [len(body)])):
        total += VALUE_BYTES
        if body[begin] in _TEXTS:
            total += min(SPELT_BYTES * (end - begin), MAX_TEXT_BYTES)
    return total


def reply(outcome: wire.Outcome) -> Reply:
    """A step's outcome as checks see it.

    Raises:
        WireError: for a value that isn't one.
    """
    return Reply(
        tidy(wire.decode(outcome.value)),
        tidy(outcome.failure),
        tidy(outcome.warnings) if outcome.warnings else (),
        tuple([tidy(wire.decode(value)) for value in outcome.echo]) if outcome.echo else (),
    )


def tidy(thing: Any) -> Any:
    """A decoded value or a message, with every text in it made :func:`plain`.

    Raises:
        WireError: for what is only ever an argument.
    """
    if type(thing) in HARMLESS:
        return thing
    if isinstance(thing, str):
        return plain(thing, MAX_TEXT)
    if isinstance(thing, list):
        return [tidy(part) for part in thing]
    if isinstance(thing, tuple):
        return tuple([tidy(part) for part in thing])
    if isinstance(thing, dict):
        return {plain(key, MAX_TEXT): tidy(part) for key, part in thing.items()}
    if isinstance(thing, (wire.Rng, wire.Ref)):
        raise wire.WireError("an argument in the place of a result")
    if isinstance(thing, wire.Source):
        return wire.Source(plain(thing.file, MAX_TEXT), max(thing.line, 1), lines(thing.text, MAX_SOURCE))
    if isinstance(thing, msgspec.Struct):
        return type(thing)(*[tidy(getattr(thing, name)) for name in thing.__struct_fields__])
    return thing


def _count(body: bytes | bytearray) -> int:
    """How many values there are, up to one more than there may be."""
    return sum(1 for _ in itertools.islice(_values(body), MAX_VALUES + 1))


def _values(body: bytes | bytearray) -> Iterator[int]:
    """Where each value of a MessagePack text begins; the contents of arrays and texts are leapt over."""
    position, end = 0, len(body)
    while position < end:
        yield position
        extra, digits = _SIZES[body[position]]
        position += 1
        if digits:
            extra += int.from_bytes(body[position : position + digits], "big")
        position += digits + extra


def _sizes() -> list[tuple[int, int]]:
    """For each first byte of a value: the bytes that follow it, and those that hold the length of more."""
    sizes = [(0, 0)] * 256
    sizes[0xA0:0xC0] = [(length, 0) for length in range(32)]  # short texts
    sizes[0xC4:0xCA] = [(0, 1), (0, 2), (0, 4), (1, 1), (1, 2), (1, 4)]  # bytes, extensions
    sizes[0xCA:0xD4] = [(length, 0) for length in (4, 8, 1, 2, 4, 8, 1, 2, 4, 8)]  # numbers
    sizes[0xD4:0xDC] = [(2, 0), (3, 0), (5, 0), (9, 0), (17, 0), (0, 1), (0, 2), (0, 4)]  # extensions, texts
    sizes[0xDC:0xE0] = [(2, 0), (4, 0), (2, 0), (4, 0)]  # arrays and maps, whose parts are values themselves
    return sizes


_SIZES = _sizes()

_TEXTS = frozenset([*range(0xA0, 0xC0), 0xD9, 0xDA, 0xDB])
"""The first bytes of texts."""
