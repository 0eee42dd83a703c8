"""What differs between a student's value and the one that is due: form first, then numbers.

The kinder reading of an exercise holds everywhere: a tuple may be a list, a number may be a Python
float, a numpy scalar or an array of one element, and a vector ``(D,)`` may come as ``(1, D)``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from ..sandbox.wire import Opaque
from .tolerance import Tolerance

__all__ = [
    "NOT_IMPLEMENTED",
    "Difference",
    "Path",
    "difference",
    "differences",
    "is_close",
    "is_nothing",
    "misfits",
    "uses_single",
]

Path = tuple[str | int, ...]

NOT_IMPLEMENTED = type(NotImplemented).__name__

FLOAT64, FLOAT32 = np.dtype(np.float64), np.dtype(np.float32)
FLOATS = (float, np.float64)

NUMERIC = (np.ndarray, np.generic, bool, int, float)

FEW = 1000
"""So many elements are multiplied and added up in one thread; for many more a library starts others, which cost."""

TIE = 1 - 1e-6
"""Errors this close count as equal, so that rounding never decides which element is named the worst."""


@dataclass(frozen=True)
class Difference:
    """One part of a result that is not what was due.

    Attributes:
        kind: the name of its sentence in :mod:`autograder.messages`.
        path: keys and positions that lead from the whole result to the part.
        came, due: the shape, dtype, type or keys that came and that were due, in words.
        index: the worst element (kinds ``values``, ``nan``, ``inf``, ``single``).
        actual, expected: that element's value and the one that is due.
        wrong: how many elements are out of tolerance.
        size: how many there are.
        arrays: where numbers differ, what came and what was due, alike in shape, and where they differ.
    """

    kind: str
    path: Path = ()
    came: str = ""
    due: str = ""
    index: tuple[int, ...] | None = None
    actual: float = 0.0
    expected: float = 0.0
    wrong: int = 0
    size: int = 0
    arrays: tuple[Any, Any, Any] | None = field(default=None, compare=False, repr=False)

    @property
    def relative_error(self) -> float:
        """Of the worst element; infinite where 0 is due or the value is not finite."""
        error = abs(self.actual - self.expected)
        return error / abs(self.expected) if self.expected and np.isfinite(error) else float("inf")


def differences(
    actual: Any, expected: Any, tolerance: Tolerance, *, single: bool = False, path: Path = ()
) -> list[Difference]:
    """All parts of ``actual`` that differ from ``expected``, which may be nested tuples, lists and dicts.

    ``single`` says that the arguments were float32 already, so that no more can be due.
    """
    return _walk(actual, expected, path, lambda a, b: difference(a, b, tolerance, single=single))


def misfits(actual: Any, template: Any, path: Path = ()) -> list[Difference]:
    """All parts whose form is not the template's: type, shape, dtype, or a number that is not finite."""
    return _walk(actual, template, path, misfit)


def difference(actual: Any, expected: Any, tolerance: Tolerance, *, single: bool = False) -> Difference | None:
    """How an array, a number or a text differs from the one that is due; ``None`` if it doesn't."""
    if is_close(actual, expected, tolerance):
        return None
    wrong_form = misfit(actual, expected)
    if wrong_form is not None:
        return _with_arrays(wrong_form, actual, expected)
    if expected is None or isinstance(expected, str):
        return None if actual == expected else Difference("values", came=repr(actual)[:80], due=repr(expected))
    due = np.asarray(expected, dtype=np.float64)
    came = np.asarray(actual, dtype=np.float64).reshape(due.shape)
    if single or (uses_single(actual) and not tolerance.strict):
        tolerance = tolerance.for_single()
    found = _worst(came, due, tolerance)
    if found is None:
        return None
    if uses_single(actual) and tolerance.strict and _worst(came, due, tolerance.for_single()) is None:
        return replace(found, kind="single")
    return found


def misfit(actual: Any, template: Any) -> Difference | None:
    """How the form of ``actual`` differs from the template's: type, shape, dtype, finiteness."""
    if actual is None or template is None:
        return None if actual is template else Difference("none" if actual is None else "object", came=_type(actual))
    if isinstance(template, str):
        return None if isinstance(actual, str) else Difference("object", came=_type(actual), due="text")
    if isinstance(actual, str):
        return Difference("text", came="text", due=_type(template))
    return _array_misfit(actual, template) if np.ndim(template) else _number_misfit(actual, template)


def is_nothing(value: Any) -> bool:
    """Whether a result is ``None`` or ``NotImplemented``, or holds nothing else: an unfilled stub's."""
    if type(value) is np.ndarray:
        return False
    if isinstance(value, Mapping):
        value = tuple(value.values())
    if isinstance(value, (tuple, list)):
        return len(value) > 0 and all(map(is_nothing, value))
    return value is None or (isinstance(value, Opaque) and value.class_name == NOT_IMPLEMENTED)


def uses_single(value: Any) -> bool:
    """Whether any array or number in a value is float32."""
    if isinstance(value, (np.ndarray, np.generic)):
        return value.dtype == FLOAT32
    if isinstance(value, (tuple, list)):
        return any(map(uses_single, value))
    return isinstance(value, Mapping) and any(map(uses_single, value.values()))


def _walk(actual: Any, expected: Any, path: Path, leaf: Any) -> list[Difference]:
    """Compare nested containers; ``leaf`` compares what is in them."""
    if type(expected) is np.ndarray:  # most are, and the question for a Mapping is a slow one
        found = leaf(actual, expected)
        return [] if found is None else [replace(found, path=path)]
    if isinstance(expected, Mapping):
        return _walk_dict(actual, expected, path, leaf)
    if isinstance(expected, (tuple, list)):
        return _walk_sequence(actual, expected, path, leaf)
    found = leaf(actual, expected)
    return [] if found is None else [replace(found, path=path)]


def _walk_dict(actual: Any, expected: Mapping[str, Any], path: Path, leaf: Any) -> list[Difference]:
    if not isinstance(actual, Mapping):
        return [Difference("none" if actual is None else "not-a-dict", path, came=_type(actual), due="dict")]
    missing = [key for key in expected if key not in actual]
    extra = [key for key in actual if key not in expected]
    if missing or extra:
        kind = "missing-keys" if missing else "extra-keys"
        return [Difference(kind, path, came=", ".join(map(str, extra)), due=", ".join(missing or expected))]
    found = (_walk(actual[key], part, (*path, key), leaf) for key, part in expected.items())
    return [difference for part in found for difference in part]


def _walk_sequence(actual: Any, expected: Sequence[Any], path: Path, leaf: Any) -> list[Difference]:
    if len(expected) == 1 and not isinstance(actual, (tuple, list)):
        actual = (actual,)
    if not isinstance(actual, (tuple, list)):
        return [Difference("none" if actual is None else "length", path, came=_type(actual), due=str(len(expected)))]
    if len(actual) != len(expected):
        return [Difference("length", path, came=str(len(actual)), due=str(len(expected)))]
    found = (_walk(a, b, (*path, i), leaf) for i, (a, b) in enumerate(zip(actual, expected, strict=True)))
    return [difference for part in found for difference in part]


def _array_misfit(actual: Any, template: Any) -> Difference | None:
    if isinstance(actual, (tuple, list)):
        return Difference("sequence", came=_type(actual), due=_type(template))
    if not isinstance(actual, NUMERIC):
        return Difference("object", came=_type(actual), due=_type(template))
    if not isinstance(actual, np.ndarray) or actual.ndim == 0:
        return Difference("scalar", came=_type(actual), due=_type(template))
    row = (1, *template.shape) if template.ndim == 1 else template.shape
    if actual.shape not in (template.shape, row):
        return Difference("shape", came=str(actual.shape), due=str(template.shape))
    return _dtype_misfit(actual, template) or _not_finite(actual)


def _number_misfit(actual: Any, template: Any) -> Difference | None:
    if not isinstance(actual, NUMERIC):
        return Difference("not-a-number", came=_type(actual), due="a number")
    if np.size(actual) != 1 or np.ndim(actual) > 2:
        return Difference("shape", came=str(np.shape(actual)), due="a number")
    if isinstance(actual, int) and not isinstance(actual, bool):
        return None
    return _dtype_misfit(np.asarray(actual), np.asarray(template)) or _not_finite(np.asarray(actual))


def _dtype_misfit(actual: Any, template: Any) -> Difference | None:
    """Real numbers are due as float32 or float64; where whole numbers are due, real ones do too."""
    came, due = actual.dtype, template.dtype
    if came.kind == "c" and due.kind != "c":
        return Difference("complex", came=came.name, due=due.name)
    if came.kind == "b" and due.kind != "b":
        return Difference("booleans", came=came.name, due=due.name)
    if due.kind == "f" and came.kind in "iu":
        return Difference("integers", came=came.name, due=due.name)
    if came == np.float16:
        return Difference("half", came=came.name, due=due.name)
    return None


def _not_finite(actual: Any) -> Difference | None:
    if np.isfinite(actual).all():
        return None
    bad = np.isnan(actual)
    kind = "nan" if bad.any() else "inf"
    bad = bad if kind == "nan" else ~np.isfinite(actual)
    index = _first(bad)
    return Difference(kind, index=index, actual=_real(actual[index]), wrong=int(bad.sum()), size=actual.size)


def is_close(actual: Any, expected: Any, tolerance: Tolerance) -> bool:
    """Whether float64 values of the very form that is due are within the tolerance: the common case, and cheap.

    It says no more than yes: what is wrong with the others, if anything is, takes a closer look.
    """
    if type(actual) is not np.ndarray or type(expected) is not np.ndarray:
        if type(actual) in FLOATS and type(expected) in FLOATS:
            return bool(abs(actual - expected) <= tolerance.limit(abs(expected)))
        return False
    if actual.dtype is not FLOAT64 or expected.dtype is not FLOAT64 or actual.shape != expected.shape:
        return False
    if not actual.ndim or not actual.size:
        return False
    with np.errstate(all="ignore"):
        # An nan is never within anything, so that it can't pass here.
        error = actual - expected
        if error.size <= FEW:  # no error is more than the root of the sum of squares, which is cheap to have
            flat = error.reshape(-1)
            if flat.dot(flat) < (tolerance.floor / 2) ** 2:
                return True
        np.abs(error, out=error)
        if np.maximum.reduce(error, axis=None) <= tolerance.floor:
            return True
        return bool(np.logical_and.reduce(error <= tolerance.limits(expected), axis=None))


def _worst(actual: Any, expected: Any, tolerance: Tolerance) -> Difference | None:
    """The element that is furthest out of tolerance, or ``None``."""
    with np.errstate(over="ignore"):
        excess = np.abs(actual - expected) / tolerance.limits(expected)
    wrong = excess > 1
    if not wrong.any():
        return None
    index = _first(excess >= TIE * excess.max())
    return Difference(
        "values" if actual.any() or actual.size == 1 else "zeros",
        index=index,
        actual=float(actual[index]),
        expected=float(expected[index]),
        wrong=int(wrong.sum()),
        size=actual.size,
        arrays=(actual, expected, wrong),
    )


def _with_arrays(found: Difference, actual: Any, expected: Any) -> Difference:
    """The difference with the arrays, if all that is wrong with them is numbers that are not finite."""
    if found.index is None or not np.ndim(expected):
        return found
    due = np.asarray(expected, dtype=np.float64)
    came = np.asarray(actual, dtype=np.float64).reshape(due.shape)
    return replace(found, arrays=(came, due, ~np.isfinite(came)))


def _first(mask: Any) -> tuple[int, ...]:
    return tuple(int(i) for i in np.unravel_index(int(np.argmax(mask)), mask.shape))


def _real(number: Any) -> float:
    return float(number.real)


def _type(value: Any) -> str:
    """A value's type in words, such as "float64 array (5, 3)"."""
    if isinstance(value, Opaque):
        return value.class_name or "object"
    if isinstance(value, np.ndarray):
        return f"{value.dtype.name} array {value.shape}"
    return type(value).__name__
