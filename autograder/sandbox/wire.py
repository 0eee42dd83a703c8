"""What travels between the trusted side and a worker, and how it is written down.

A frame is a 4-byte big-endian length and that many bytes of MessagePack.  All messages are
msgspec structs, decoded by type, bounded in size and depth; arrays are dtype + shape + bytes from
a closed list of dtypes.  Nothing is ever unpickled.  Objects that can't travel (a cache, say) stay
in the worker; a later step of the same program names them by a :class:`Ref`.

Both sides import this module, so it imports nothing of the project.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Mapping, Sequence
from typing import Any, Literal, cast

import msgspec
import numpy as np

__all__ = [
    "DTYPES",
    "MAX_FRAME",
    "Array",
    "Call",
    "Direction",
    "Failure",
    "Hello",
    "Items",
    "Load",
    "Loaded",
    "Loading",
    "Map",
    "Opaque",
    "Outcome",
    "Problem",
    "Program",
    "Ran",
    "Ref",
    "Rng",
    "Source",
    "Sweep",
    "Value",
    "Warned",
    "WireError",
    "decode",
    "direction",
    "encode",
    "encode_kwargs",
    "frame",
    "read_reply",
    "read_request",
]

MAX_FRAME = 64 * 2**20
MAX_NDIM = 8
MAX_DEPTH = 16

DTYPES = frozenset(
    "float64 float32 float16 int64 int32 int16 int8 uint64 uint32 uint16 uint8 bool complex128 complex64".split()  # noqa: SIM905
)
HEADER = struct.Struct(">I")

_DTYPES = {name: np.dtype(name) for name in DTYPES}
DTYPE_NAMES = {dtype: name for name, dtype in _DTYPES.items()}
"""``dtype.name`` is worked out anew at each use, and takes longer than all the rest of writing an array."""


class WireError(ValueError):
    """A message that is not what the protocol allows."""


# --- values -------------------------------------------------------------------------------------


class Array(msgspec.Struct, frozen=True, tag="array"):
    """A numpy array or numpy scalar (``scalar``, then the shape is ``()``).

    ``layout`` says how the worker is to lay an *argument* out in memory: ``C``, ``F``, or
    ``strided`` (neither: a view of every other element of a larger buffer).
    """

    dtype: str
    shape: tuple[int, ...]
    data: bytes
    layout: Literal["C", "F", "strided"] = "C"
    scalar: bool = False


class Items(msgspec.Struct, frozen=True, tag="items"):
    """A tuple or a list."""

    kind: Literal["tuple", "list"]
    items: tuple[Value, ...]


class Map(msgspec.Struct, frozen=True, tag="map"):
    """A dict with string keys."""

    items: dict[str, Value]


class Rng(msgspec.Struct, frozen=True, tag="rng"):
    """An argument only: the worker passes ``numpy.random.default_rng(seed)``, a fresh one each call."""

    seed: int


class Ref(msgspec.Struct, frozen=True, tag="ref"):
    """An argument only: the result of step number ``step`` of the same program, or a part of it.

    ``path`` leads into tuples, lists and dicts, as in ``Ref(0, (1,))`` for the cache of the forward
    call that was step 0.  The object itself is passed on, not a copy: caches may be anything.
    """

    step: int
    path: tuple[int | str, ...] = ()


class Opaque(msgspec.Struct, frozen=True, tag="opaque"):
    """A result only: an object that can't travel.  ``class_name`` is its class's; ``text`` says why."""

    class_name: str
    text: str = ""


Value = None | bool | int | float | str | Array | Items | Map | Rng | Ref | Opaque


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


class Program(msgspec.Struct, frozen=True, tag="program"):
    """Steps that run one after the other in one worker.  ``id`` comes back in the reply."""

    id: int
    steps: tuple[Call | Sweep, ...]


Request = Load | Program


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


# --- Python objects to values and back ----------------------------------------------------------


def encode(thing: Any, depth: int = 0) -> Value:
    """Write down an argument or a result.

    Arrays, numpy scalars, ``None``, ``bool``, ``int``, ``float``, ``str``, tuples, lists and dicts
    with string keys travel; so do :class:`Rng`, :class:`Ref` and :class:`Opaque` themselves.

    Raises:
        WireError: for anything else.
    """
    if depth > MAX_DEPTH:
        raise WireError(f"nested more than {MAX_DEPTH} deep")
    if thing is None or type(thing) in (bool, float, str):
        return thing  # type: ignore[no-any-return]
    if type(thing) is int:
        if not -(2**63) <= thing < 2**64:
            raise WireError("an integer of more than 64 bits")
        return thing
    if type(thing) is np.ndarray:
        return _encode_array(thing)
    if isinstance(thing, np.generic):
        return _encode_array(np.asarray(thing), scalar=True)
    if type(thing) in (tuple, list):
        kind: Literal["tuple", "list"] = "tuple" if type(thing) is tuple else "list"
        return Items(kind, tuple(encode(item, depth + 1) for item in thing))
    if type(thing) is dict:
        if not all(type(key) is str for key in thing):
            raise WireError("a dict with keys that are not strings")
        return Map({key: encode(item, depth + 1) for key, item in thing.items()})
    if isinstance(thing, (Rng, Ref, Opaque)):
        return thing
    raise WireError(f"a {type(thing).__name__} can't travel")


def _encode_array(array: np.ndarray[Any, Any], *, scalar: bool = False) -> Array:
    name = DTYPE_NAMES.get(array.dtype)
    if name is None and not array.dtype.isnative:
        array = array.astype(array.dtype.newbyteorder("="), order="K")
        name = DTYPE_NAMES.get(array.dtype)
    if name is None or array.ndim > MAX_NDIM:
        raise WireError(f"an array of dtype {array.dtype.name} with {array.ndim} axes can't travel")
    layout: Literal["C", "F", "strided"] = "C"
    if not array.flags.c_contiguous:
        layout = "F" if array.flags.f_contiguous else "strided"
    return Array(name, array.shape, array.tobytes(), layout, scalar)


def decode(value: Value, depth: int = 0) -> Any:
    """The Python object that a value stands for; a decoded array is read-only and C-contiguous.

    The value may come from a hostile worker.

    Raises:
        WireError: for an array whose dtype, shape and bytes don't fit, or for values nested too deep.
    """
    if type(value) is Array:
        return _decode_array(value)
    if depth > MAX_DEPTH:
        raise WireError(f"nested more than {MAX_DEPTH} deep")
    if isinstance(value, Items):
        parts = [decode(item, depth + 1) for item in value.items]
        return tuple(parts) if value.kind == "tuple" else parts
    if isinstance(value, Map):
        return {key: decode(item, depth + 1) for key, item in value.items.items()}
    return value


def _decode_array(value: Array) -> Any:
    dtype = _DTYPES.get(value.dtype)
    if dtype is None:
        raise WireError(f"{value.dtype[:40]!r} is not a dtype of this protocol")
    shape, data = value.shape, value.data
    if len(shape) > MAX_NDIM or (shape and min(shape) <= 0 and not _can_be_empty(shape)):
        raise WireError("an array of an impossible shape")
    # Where no axis is 0, none of them can be longer than the data.
    if math.prod(shape) * dtype.itemsize != len(data):
        raise WireError(f"an array of shape {shape} whose data are {len(data)} bytes")
    if value.dtype == "bool" and data.strip(b"\0\1"):
        raise WireError("a bool that is neither true nor false")
    array: Any = np.ndarray(shape, dtype, data)
    if value.scalar:
        if value.shape:
            raise WireError("a scalar with a shape")
        return array[()]
    return array


def _can_be_empty(shape: tuple[int, ...]) -> bool:
    """Whether an array with an axis of 0 can have that shape: no axis is negative, nor all together too long."""
    return min(shape) == 0 and math.prod([max(size, 1) for size in shape]) <= MAX_FRAME


def direction(path: Sequence[int | str], array: Any) -> Direction:
    """A direction from an array (see :class:`Sweep`)."""
    return Direction(tuple(path), _encode_array(np.asarray(array, dtype=np.float64)))


def encode_kwargs(kwargs: Mapping[str, Any]) -> dict[str, Value]:
    """Keyword arguments as values."""
    return {name: encode(thing) for name, thing in kwargs.items()}
