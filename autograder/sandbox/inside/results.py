"""Results, written down for the wire whatever they are.

A student's function may return anything: a subclass of an array, a dict with integer keys, a list
that holds itself, an object whose every method raises.  What has no form on the wire becomes
:class:`wire.Opaque`, and what is more than a frame holds raises :class:`TooLargeError` before it is copied.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import wire

__all__ = ["MAX_TEXT", "Budget", "TooLargeError", "class_name", "name_of", "plain_array", "said"]

MAX_TEXT = 500
"""No text of a student's travels further than this many characters."""

MAX_ITEMS = 20_000
"""Values in one reply, well under what the trusted side counts (``replies.MAX_VALUES``)."""

SLACK = 2**22
"""Room in a frame for everything but the arrays' bytes."""


class TooLargeError(Exception):
    """The results are more than a frame holds."""


class Budget:
    """What one reply may still carry."""

    def __init__(self) -> None:
        self._bytes = wire.MAX_FRAME - SLACK
        self._items = MAX_ITEMS

    def spend(self, size: int = 0, text: str = "") -> None:
        """Take ``size`` bytes of arrays, or a value with that text.

        Raises:
            TooLargeError: if there is not as much left.
        """
        if size > self._bytes or self._items <= 0:
            raise TooLargeError
        self._bytes -= size
        self._items -= 1 + len(text) // 8

    def write(self, thing: Any) -> wire.Value:
        """The value that stands for ``thing``; where there is none, nothing has been spent.

        Raises:
            TooLargeError: if it doesn't fit.
            BaseException: whatever a student's own class raises while it is looked at.
        """
        left = self._bytes, self._items
        try:
            return self._value(thing, 0)
        except BaseException:
            self._bytes, self._items = left
            raise

    def _value(self, thing: Any, depth: int) -> wire.Value:
        if type(thing) is np.ndarray and thing.dtype in wire.DTYPE_NAMES and thing.ndim <= wire.MAX_NDIM:
            self.spend(thing.nbytes)  # as most that comes
            return wire.encode(thing)
        if isinstance(thing, (np.ndarray, np.generic)):
            return self._array(thing)
        self.spend()
        if thing is None or type(thing) in (bool, float):
            return thing  # type: ignore[no-any-return]
        if isinstance(thing, bool | int):
            return _integer(int(thing))
        if isinstance(thing, float):
            return float(thing)
        if isinstance(thing, complex):
            return wire.encode(np.complex128(thing))
        if isinstance(thing, str):
            return self._text(thing)
        if isinstance(thing, (tuple, list, dict)):
            if depth == wire.MAX_DEPTH:
                return wire.Opaque(class_name(thing), "nested too deep")
            return self._container(thing, depth)
        return wire.Opaque(class_name(thing))

    def _container(self, thing: Any, depth: int) -> wire.Value:
        if isinstance(thing, tuple):
            return wire.Items("tuple", tuple([self._value(item, depth + 1) for item in thing]))
        if isinstance(thing, list):
            return wire.Items("list", tuple([self._value(item, depth + 1) for item in thing]))
        if not all(type(key) is str and len(key) <= MAX_TEXT for key in thing):
            return wire.Opaque(class_name(thing), "keys that are not strings")
        return wire.Map({self._text(key): self._value(item, depth + 1) for key, item in thing.items()})

    def _text(self, text: str) -> str:
        self.spend(text=text[:MAX_TEXT])
        return said(text)

    def _array(self, thing: Any) -> wire.Value:
        array = plain_array(thing)
        if array.dtype not in wire.DTYPE_NAMES or array.ndim > wire.MAX_NDIM:
            self.spend()
            return wire.Opaque(class_name(thing), f"dtype {array.dtype.name}, {array.ndim} axes")
        self.spend(array.nbytes)
        value = wire.encode(array[()] if isinstance(thing, np.generic) else array)
        assert isinstance(value, wire.Array)
        return value


def plain_array(thing: Any) -> Any:
    """An array or numpy scalar as an array of the base class; extended precision becomes double."""
    array = np.asarray(thing)
    if array.dtype.char in "gG":
        return array.astype(np.complex128 if array.dtype.char == "G" else np.float64)
    return array if array.dtype.isnative else array.astype(array.dtype.newbyteorder("="))


def class_name(thing: Any) -> str:
    """The name of an object's class, bounded."""
    return name_of(type(thing))


def name_of(kind: Any) -> str:
    """A class's own name, bounded."""
    try:
        return said(kind.__name__)[:80]
    except BaseException:  # a metaclass may have its own idea of a name
        return ""


def said(thing: Any) -> str:
    """``str(thing)`` as text that can travel: bounded, and empty where even that fails."""
    try:
        return str(thing)[:MAX_TEXT].encode("utf-8", "backslashreplace").decode("utf-8")
    except BaseException:  # an exception's own __str__ may raise, or exit
        return ""


def _integer(number: int) -> wire.Value:
    if -(2**63) <= number < 2**64:
        return number
    return wire.Opaque("int", "an integer of more than 64 bits")
