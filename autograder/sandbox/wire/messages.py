"""Messages: what is asked of a worker, what it says, and how either is put into a frame."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal, cast

import msgspec
import numpy as np

from .values import MAX_FRAME, Array, Value, WireError, encode_array

__all__ = [
    "HEADER",
    "Batch",
    "Call",
    "Direction",
    "Failure",
    "Hello",
    "Load",
    "Loaded",
    "Loading",
    "Outcome",
    "Problem",
    "Program",
    "Ran",
    "Reply",
    "Request",
    "Source",
    "Sweep",
    "Warned",
    "direction",
    "frame",
    "frames",
    "read_reply",
    "read_request",
]

HEADER = struct.Struct(">I")

MAX_BATCH = 2**23
"""Bytes of programs that travel together: a worker holds them all until the last has run."""


# --- what is asked of a worker ------------------------------------------------------------------


class Load(msgspec.Struct, frozen=True, tag="load"):
    """The first request: take the submission apart and load it.

    ``files`` are raw bytes by relative path; with kind ``zip`` or ``notebook`` there is one.
    ``package`` is the name of the package that students write, ``functions`` maps each
    function's name to the module that it belongs to.  ``given`` are modules that came with the
    exercise and need no word (for pictures, say).  Modules in ``skip`` are not run: an earlier
    worker hung or died in them.
    """

    kind: Literal["folder", "zip", "notebook"]
    files: dict[str, bytes]
    package: str
    functions: dict[str, str]
    skip: tuple[str, ...] = ()
    given: tuple[str, ...] = ()


class Call(msgspec.Struct, frozen=True, tag="call", kw_only=True):
    """Call a function with fresh copies of the arguments.

    Attributes:
        pick: send only element ``pick`` of the returned tuple or list (``0`` of ``(out, cache)``).
            The result is encoded at once, before a later step can change it.
        arity: if set, the result must be a tuple or list of this length, else the step fails with
            ``Failure(kind="arity")``.
        watch: record the warnings of this call.
        echo: send the positional arguments back as they are when the *whole program* has run, and
            after them what ``pick`` picked; ``Ref`` arguments come back as ``None``.
        send: ``False`` keeps the result in the worker.
    """

    function: str
    args: tuple[Value, ...] = ()
    kwargs: dict[str, Value] = {}
    pick: int | None = None
    arity: int | None = None
    watch: bool = False
    echo: bool = False
    send: bool = True


class Direction(msgspec.Struct, frozen=True):
    """A direction for one argument.  ``path`` is the argument's position, then the way into it."""

    path: tuple[int | str, ...]
    array: Array


def direction(path: Sequence[int | str], array: Any) -> Direction:
    """A direction from an array (see :class:`Sweep`)."""
    return Direction(tuple(path), encode_array(np.asarray(array, dtype=np.float64)))


class Sweep(msgspec.Struct, frozen=True, tag="sweep", kw_only=True):
    """Call a function along lines: for each line and each step h, with args + h * direction.

    The result is one array of shape ``(len(lines), len(steps), *out.shape)``, ``out`` being the
    (``pick``-ed) result.  It fails as a call does, or with ``Failure(kind="ragged")`` when the
    results are not arrays or numbers of one shape and one dtype.
    """

    function: str
    args: tuple[Value, ...]
    kwargs: dict[str, Value] = {}
    lines: tuple[tuple[Direction, ...], ...]
    steps: tuple[float, ...]
    pick: int | None = None


class Program(msgspec.Struct, frozen=True):
    """Steps that run one after the other in one worker.  ``id`` comes back in the reply."""

    id: int
    steps: tuple[Call | Sweep, ...]


class Batch(msgspec.Struct, frozen=True, tag="batch"):
    """Programs that run one after the other.  Each is answered by a :class:`Ran` of its own as soon as it has run."""

    programs: tuple[Program, ...]


Request = Load | Batch


# --- what a worker says -------------------------------------------------------------------------


class Hello(msgspec.Struct, frozen=True, tag="hello"):
    """The first word of a worker: the locks that hold it, or, in ``refused``, the one that failed."""

    locks: tuple[str, ...] = ()
    refused: str = ""


class Loading(msgspec.Struct, frozen=True, tag="loading"):
    """The module whose code runs next.  If the worker dies now, this module is the cause."""

    module: str


class Problem(msgspec.Struct, frozen=True):
    """A part of the submission that could not be used.

    ``kind``: ``syntax``, ``error`` (raised while loading), ``missing`` (no such module), ``dropped``
    (a magic, a shell line, an experiment), ``odd`` (anything else worth a warning).
    """

    module: str
    line: int
    kind: Literal["syntax", "error", "missing", "dropped", "odd"]
    message: str


class Source(msgspec.Struct, frozen=True):
    """What a function was read from: ``text`` begins on line ``line`` of ``file`` (of the cell, in a notebook)."""

    file: str
    line: int
    text: str


class Loaded(msgspec.Struct, frozen=True, tag="loaded"):
    """Which of the asked-for functions there are, what could not be used, and the functions' sources.

    ``sources`` are for people's eyes.  A worker may say there what it likes: nothing is judged by them.
    """

    functions: tuple[str, ...]
    problems: tuple[Problem, ...] = ()
    sources: dict[str, Source] = {}


class Failure(msgspec.Struct, frozen=True):
    """Why a step has no result.

    ``kind``: ``missing`` (no such function), ``raised``, ``arity`` (not the tuple that was due),
    ``ragged``, ``unmet`` (a step that it refers to failed), ``too_large`` (more than a frame holds).
    ``type`` and ``message`` are the exception's (all that mean too little memory are ``MemoryError``);
    ``where`` is ``module.py:line in function`` of the innermost frame in the student's own code.  Of
    ``arity`` and ``ragged`` they are the class of what came and, of a tuple or list, its length.
    """

    kind: Literal["missing", "raised", "arity", "ragged", "unmet", "too_large"]
    type: str = ""
    message: str = ""
    where: str = ""


class Warned(msgspec.Struct, frozen=True):
    """A warning that a watched call gave."""

    category: str
    message: str
    where: str = ""


class Outcome(msgspec.Struct, frozen=True):
    """What a step yielded: a value, or a failure."""

    value: Value = None
    failure: Failure | None = None
    warnings: tuple[Warned, ...] = ()
    echo: tuple[Value, ...] = ()


class Ran(msgspec.Struct, frozen=True, tag="ran"):
    """The outcomes of a program, one a step."""

    id: int
    outcomes: tuple[Outcome, ...]


Reply = Hello | Loading | Loaded | Ran

_encoder = msgspec.msgpack.Encoder()
_request_decoder = msgspec.msgpack.Decoder(Request)
_reply_decoder = msgspec.msgpack.Decoder(Reply)


def frame(message: Any) -> bytearray:
    """The bytes of one message, its length in front.

    Raises:
        WireError: if it is longer than :data:`MAX_FRAME`.
    """
    whole = bytearray(HEADER.size)
    _encoder.encode_into(message, whole, HEADER.size)
    length = len(whole) - HEADER.size
    if length > MAX_FRAME:
        raise WireError(f"a frame of {length} bytes is over the limit of {MAX_FRAME}")
    HEADER.pack_into(whole, 0, length)
    return whole


def frames(programs: Iterable[Program]) -> Iterator[tuple[Sequence[Program], bytearray]]:
    """As many programs together as there may be, each time with their frame; one that is larger comes alone.

    What is not asked for is not written down either: all that a rubric's checks ask may be many gigabytes.

    Raises:
        WireError: where a frame doesn't hold a single one.
    """
    batch: list[Program] = []
    written: list[msgspec.Raw] = []
    room = MAX_BATCH
    for program in programs:
        raw = msgspec.Raw(_encoder.encode(program))
        if batch and len(raw) > room:
            yield batch, _joined(written)
            batch, written, room = [], [], MAX_BATCH
        batch.append(program)
        written.append(raw)
        room -= len(raw)
    if batch:
        yield batch, _joined(written)


def _joined(written: list[msgspec.Raw]) -> bytearray:
    whole = frame(Batch(cast(tuple[Program, ...], tuple(written))))
    written.clear()  # the frame has it all
    return whole


def read_request(body: bytes | bytearray) -> Request:
    """Decode a request (in the worker; the trusted side wrote it)."""
    return cast(Request, _read(_request_decoder, body))


def read_reply(body: bytes | bytearray) -> Reply:
    """Decode a worker's reply.  The worker may have written anything at all.

    Raises:
        WireError: whatever is wrong with it.
    """
    return cast(Reply, _read(_reply_decoder, body))


def _read(decoder: msgspec.msgpack.Decoder[Any], body: bytes | bytearray) -> Any:
    try:
        return decoder.decode(body)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError, MemoryError, OverflowError) as error:
        raise WireError(f"not a message of this protocol: {type(error).__name__}: {error}") from None
