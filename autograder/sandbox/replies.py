"""Reading what a worker wrote, which may be anything at all.

Three things are done here and nowhere else: a frame is bounded before it is decoded, its form is
held to the protocol, and every text in it is made safe to show.
"""

from __future__ import annotations

from typing import Any

import msgspec

from . import wire
from .interface import Reply

__all__ = ["MAX_STRUCTURE", "MAX_TEXT", "check_size", "decoded", "plain", "read"]

MAX_STRUCTURE = 2**22
"""Bytes of a frame that are not the contents of arrays.

As Python objects they take up to fifty times as much: a one-byte number becomes thirty bytes in a
tuple, a two-byte text a hundred in a dict.
"""

MAX_TEXT = 500


def read(body: bytes) -> wire.Reply:
    """Decode one frame.

    Raises:
        WireError: if it isn't a message of the protocol, or would take up too much memory.
    """
    check_size(body)
    return wire.read_reply(body)


def check_size(body: bytes) -> None:
    """Bound what decoding would build.

    The frame is walked through once, over the contents of arrays with one leap each; a short one
    can't hold much, and isn't looked at.

    Raises:
        WireError: if more than :data:`MAX_STRUCTURE` bytes are something else than arrays' contents.
    """
    if len(body) <= MAX_STRUCTURE:
        return
    position = structure = 0
    while position < len(body):
        first = body[position]
        head, size_bytes, is_binary = _KINDS[first]
        size = int.from_bytes(body[position + 1 : position + 1 + size_bytes], "big")
        position += head + size_bytes + size
        structure += head + size_bytes + (0 if is_binary else size)
        if structure > MAX_STRUCTURE:
            raise wire.WireError("a frame with too many values in it")
