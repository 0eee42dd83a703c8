"""Numbers that nobody could have by chance, so that they are found wherever they turn up.

Decimal texts are compared to :data:`DIGITS` digits, by pairs of neighbours: two that agree are twelve
digits that agree.  A number without such a neighbour is compared to :data:`DIGITS_ALONE`.  In binary data
the same pairs are looked for as bytes.  Whole numbers, which are small (pixels, labels), are
compared by runs of :data:`RUN`.  Round numbers are nobody's secret.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import msgspec
import numpy as np

__all__ = ["Numbers"]

DIGITS, DIGITS_ALONE = 6, 9
ROUND = 2
"""A number with that many of its last digits zero is round."""

RUN, DISTINCT = 8, 6

NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
BINARY = ("<f8", "<f4", ">f8")


class Numbers:
    """A collection of secret numbers, and what looks for them.

    Args:
        values: cases and what is due in them: arrays and numbers, nested however, by where they are from.
    """

    def __init__(self, values: Iterable[tuple[str, Any]]) -> None:
        self._alone: dict[str, str] = {}
        self._pairs: dict[tuple[str, str], str] = {}
        self._runs: dict[tuple[int, ...], str] = {}
        self._bytes: dict[bytes, str] = {}
        for origin, value in values:
            for array in _arrays(value):
                if array.dtype.kind == "f":
                    self._add_reals(array.astype(np.float64), origin)
                else:
                    self._add_integers(array, origin)

    def found_in(self, piece: str | bytes) -> Iterator[str]:
        """Where the numbers come from that are found in a text or in bytes."""
        found = self._in_bytes(piece) if isinstance(piece, bytes) else self._in_text(piece)
        yield from dict.fromkeys(found)

    def _add_reals(self, array: Any, origin: str) -> None:
        keys = [_key(number, DIGITS) for number in array.tolist()]
        pairs = [(one, two) if one and two and one != two else None for one, two in itertools.pairwise(keys)]
        self._pairs |= {pair: origin for pair in pairs if pair}
        first = next((position for position, pair in enumerate(pairs) if pair), None)
        if first is not None:
            self._bytes |= {array[first : first + 2].astype(kind).tobytes(): origin for kind in BINARY}
        else:
            alone = [_key(number, DIGITS_ALONE) for number in array.tolist()]
            self._alone |= {key: origin for key in alone if key}

    def _add_integers(self, array: Any, origin: str) -> None:
        numbers = array.tolist()
        if len(numbers) == 1 and abs(numbers[0]) >= 10**DIGITS:
            self._alone[_key(numbers[0], DIGITS_ALONE)] = origin
        for start in range(len(numbers) - RUN + 1):
            run = tuple(numbers[start : start + RUN])
            if len(set(run)) >= DISTINCT and not _is_progression(run):
                self._runs[run] = origin
                self._bytes[array[start : start + RUN].tobytes()] = origin
                return

    def _in_text(self, text: str) -> Iterator[str]:
        words = NUMBER.findall(text)
        numbers = [float(word) for word in words]
        keys = [_key(number, DIGITS) for number in numbers]
        for pair in itertools.pairwise(keys):
            if pair in self._pairs:
                yield self._pairs[pair]
        for number in numbers:
            if (key := _key(number, DIGITS_ALONE)) in self._alone:
                yield self._alone[key]
        integers = [int(number) if number.is_integer() else None for number in numbers]
        for start in range(len(integers) - RUN + 1):
            if (run := tuple(integers[start : start + RUN])) in self._runs:
                yield self._runs[run]  # type: ignore[index]

    def _in_bytes(self, data: bytes) -> Iterator[str]:
        return (origin for needle, origin in self._bytes.items() if needle in data)


def _key(number: float, digits: int) -> str:
    """The number to so many digits; nothing if it is round or not finite."""
    key = f"{number:.{digits - 1}e}"
    mantissa = key.partition("e")[0]
    return "" if mantissa.endswith("0" * ROUND) or "n" in mantissa else key


def _is_progression(run: tuple[int, ...]) -> bool:
    return len({b - a for a, b in itertools.pairwise(run)}) == 1


def _arrays(value: Any) -> Iterator[Any]:
    """The arrays and numbers in a nested value, each flat."""
    if isinstance(value, (bool, str)) or value is None:
        return
    if isinstance(value, (int, float, np.number, np.ndarray)):
        array = np.asarray(value)
        if array.dtype.kind in "fiu" and array.size:
            yield array.reshape(-1)
    elif isinstance(value, Mapping):
        yield from _arrays(list(value.values()))
    elif isinstance(value, (tuple, list)):
        if value and all(type(part) in (int, float) for part in value):
            yield np.asarray(value)
        else:
            for part in value:
                yield from _arrays(part)
    elif isinstance(value, msgspec.Struct):
        yield from _arrays(msgspec.structs.asdict(value))
    elif is_dataclass(value):
        yield from _arrays([getattr(value, field.name) for field in fields(value)])
