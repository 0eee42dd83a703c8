"""Arguments, made afresh for every call.

A function may write into what it is given, so each call gets copies of its own: writeable arrays,
laid out in memory as the trusted side asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import numpy as np

from .. import wire

__all__ = ["Arguments", "UnmetError"]

Path = tuple[int | str, ...]
Layout = Literal["C", "F", "strided"]


class UnmetError(Exception):
    """A step that an argument refers to has no result, or none of that form."""


class Arguments:
    """One call's arguments as a pattern that copies are made from.

    Args:
        args, kwargs: as they came on the wire.
        results: the results so far of the program's steps, which a :class:`wire.Ref` leads into.

    Raises:
        UnmetError: where a reference leads nowhere.
    """

    def __init__(
        self, args: Sequence[wire.Value], kwargs: Mapping[str, wire.Value], results: Mapping[int, Any]
    ) -> None:
        self._args = [_pattern(value, results) for value in args]
        self._kwargs = {name: _pattern(value, results) for name, value in kwargs.items()}

    def args(self, moves: Mapping[Path, Any] | None = None) -> list[Any]:
        """Fresh positional arguments, with ``moves[path]`` added to the array or number at ``path``."""
        if moves:
            return [_moved(part, moves, (index,)) for index, part in enumerate(self._args)]
        return [_fresh(part) for part in self._args]

    def kwargs(self) -> dict[str, Any]:
        """Fresh keyword arguments."""
        return {name: _fresh(part) for name, part in self._kwargs.items()}


class _Given:
    """An array to be copied."""

    __slots__ = ("array", "layout")

    def __init__(self, array: Any, layout: Layout) -> None:
        self.array = array
        self.layout = layout


class _Kept:
    """An earlier step's own object, passed on as it is."""

    __slots__ = ("thing",)

    def __init__(self, thing: Any) -> None:
        self.thing = thing


def _pattern(value: wire.Value, results: Mapping[int, Any]) -> Any:
    if type(value) is wire.Array:
        array = wire.decode(value)
        return array if value.scalar else _Given(array, value.layout)
    if type(value) is wire.Items:
        parts = [_pattern(item, results) for item in value.items]
        return tuple(parts) if value.kind == "tuple" else parts
    if type(value) is wire.Map:
        return {key: _pattern(item, results) for key, item in value.items.items()}
    if type(value) is wire.Ref:
        return _Kept(_follow(value, results))
    return value


def _follow(ref: wire.Ref, results: Mapping[int, Any]) -> Any:
    if ref.step not in results:
        raise UnmetError(f"step {ref.step} has no result")
    thing = results[ref.step]
    for key in ref.path:
        try:
            thing = thing[key]
        except Exception:  # a student's object may raise anything here
            raise UnmetError(f"the result of step {ref.step} has no part {key!r}") from None
    return thing


def _fresh(part: Any) -> Any:
    kind = type(part)
    if kind is _Given:
        return _lay_out(part.array, part.layout)
    if kind is list:
        return [_fresh(item) for item in part]
    if kind is tuple:
        return tuple([_fresh(item) for item in part])
    if kind is dict:
        return {key: _fresh(item) for key, item in part.items()}
    if kind is wire.Rng:
        return np.random.default_rng(part.seed)
    if kind is _Kept:
        return part.thing
    return part


def _moved(part: Any, moves: Mapping[Path, Any], path: Path) -> Any:
    move = moves.get(path)
    if move is None:
        if type(part) in (list, tuple):
            items = [_moved(item, moves, (*path, index)) for index, item in enumerate(part)]
            return items if type(part) is list else tuple(items)
        if type(part) is dict:
            return {key: _moved(item, moves, (*path, key)) for key, item in part.items()}
        return _fresh(part)
    if type(part) is _Given:
        moved = (part.array + move).astype(part.array.dtype, copy=False)
        # A sum is a new array already, in the layout that most arguments have.
        return moved if part.layout == "C" and type(moved) is np.ndarray else _lay_out(moved, part.layout)
    return type(part)(part + move)


def _lay_out(array: Any, layout: Layout) -> Any:
    """A writeable copy with that layout; ``strided`` is every other element of a buffer twice as long."""
    if layout == "strided" and array.ndim:
        buffer = np.zeros((*array.shape[:-1], 2 * array.shape[-1]), dtype=array.dtype)
        view = buffer[..., ::2]
        view[...] = array
        return view
    return array.copy(order="F" if layout == "F" else "C")
