"""Values: arguments and results as they travel, and Python objects to values and back.

Arrays are dtype + shape + bytes from a closed list of dtypes.  Nothing is ever unpickled.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Literal

import msgspec
import numpy as np

__all__ = [
    "DTYPES",
    "DTYPE_NAMES",
    "MAX_DEPTH",
    "MAX_FRAME",
    "MAX_NDIM",
    "Array",
    "Items",
    "Map",
    "Opaque",
    "Ref",
    "Rng",
    "Value",
    "WireError",
    "decode",
    "encode",
    "encode_array",
    "encode_kwargs",
]

MAX_FRAME = 64 * 2**20
MAX_NDIM = 8
MAX_DEPTH = 16

DTYPES = frozenset(
    "float64 float32 float16 int64 int32 int16 int8 uint64 uint32 uint16 uint8 bool complex128 complex64".split()  # noqa: SIM905
)

_DTYPES = {name: np.dtype(name) for name in DTYPES}
DTYPE_NAMES = {dtype: name for name, dtype in _DTYPES.items()}
"""``dtype.name`` is worked out anew at each use, and takes longer than all the rest of writing an array."""


class WireError(ValueError):
    """A message that is not what the protocol allows."""


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
        return encode_array(thing)
    if isinstance(thing, np.generic):
        return encode_array(np.asarray(thing), scalar=True)
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


def encode_array(array: np.ndarray[Any, Any], *, scalar: bool = False) -> Array:
    """Write down an array, or with ``scalar`` a numpy scalar.

    Raises:
        WireError: for a dtype that is not one of :data:`DTYPES`, or more than :data:`MAX_NDIM` axes.
    """
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


def encode_kwargs(kwargs: Mapping[str, Any]) -> dict[str, Value]:
    """Keyword arguments as values."""
    return {name: encode(thing) for name, thing in kwargs.items()}
