"""What came back in a check, part by part, and a few numbers by which two results are told apart.

A *print* of an array is its shape and two weighted sums of its elements, with the sum of their sizes: two arrays
that differ anywhere by more than rounding have different prints.  So what a variant returns can be stored in a
few numbers, and a student's machine can recognise it without having it.
"""

from __future__ import annotations

import functools
import hashlib
import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..sandbox import wire
from ..sandbox.interface import Reply
from . import calls
from .base import Check, Prepared
from .compare import NUMERIC, uses_single
from .distribution import Distribution
from .gradient import Gradient, LossGradient
from .matches import Matches
from .properties import Property
from .purity import Purity
from .stability import NUMPY_WARNS, Stability

__all__ = [
    "VALUE",
    "WARNED",
    "WHOLE",
    "Part",
    "Print",
    "condensed",
    "numbers",
    "parts",
    "print_from_data",
    "print_of",
    "program",
    "same",
]

Print = str | tuple[tuple[int, ...], float, float, float, str]
"""A text for what is no array of numbers; else shape, two weighted sums, the sum of sizes, where it is not finite."""


class Moments(tuple[str, float, float, float, float]):
    """How draws are distributed, in place of a print: a type of its own, so that no student's tuple is taken for it."""

    __slots__ = ()


VALUE = "value"
"""The label of what has to be right before a purity check says anything."""

WARNED = "warnings"
WHOLE = "the result"

AGREES = 1e-10  # two right ways to compute differ by 1e-12, float32 by more than 1e-9
AGREES_IN_SINGLE = 1e-4
AGREES_AT_EXTREMES = 1e-11  # where the mistake is a loss of digits

MAX_ELEMENTS = 2**20
"""Of an array that is told by its numbers; a larger one, which may be eight times as large as float64, by its form."""

MANY = 2**14
"""Elements from which on weights are made anew each time: a student chooses how large an array is, and so how many."""

# Two sequences that are far from any pattern of an array's own, and the same on every machine.
_STRIDES = ((math.sqrt(5) - 1) / 2, math.sqrt(2) - 1)


@dataclass(frozen=True)
class Part:
    """One thing that came back.

    Attributes:
        label: what it is called; the same in each case.
        case: the number of its case.
        came: the value, or a text that says why there is none.
        due: what was due; a text for what is no value.
        agrees: two prints this close, relative to their size, are of the same value.
    """

    label: str
    case: int
    came: Any
    due: Any
    agrees: float = AGREES


def program(check: Check, prepared: Prepared) -> tuple[wire.Call, ...]:
    """The check's own program, without what is only differentiated; nothing where its parts are not known here."""
    if not isinstance(check, (Matches, Gradient, LossGradient, Stability, Purity, Property, Distribution)):
        return ()
    nothing = wire.Call(function="")
    return tuple(step if isinstance(step, wire.Call) else nothing for step in prepared.program(check.steps))


def parts(check: Check, prepared: Prepared, replies: Sequence[Reply]) -> list[Part]:
    """What came back for a check's program: as many parts, in the same order, whatever it was."""
    if isinstance(check, Distribution):
        return _draws(prepared, replies)
    found: list[Part] = []
    each = len(replies) // max(len(prepared.cases), 1)
    rest: Iterator[Reply] = iter(replies)
    for number, (case, expected) in enumerate(zip(prepared.cases, prepared.expected, strict=True)):
        if isinstance(check, Property):
            its: list[Reply] = list(itertools.islice(rest, check.times(number, case)))[:1]
        else:
            its = list(replies[number * each : (number + 1) * each])
        single = calls.is_single(case) or any(uses_single(reply.value) for reply in its)
        agrees = AGREES_IN_SINGLE if single else AGREES_AT_EXTREMES if isinstance(check, Stability) else AGREES
        found += [Part(label, number, came, due, agrees) for label, came, due in _of_case(check, expected, case, its)]
    return found


def _of_case(check: Check, expected: Any, case: Any, replies: Sequence[Reply]) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(check, (Matches, Property)):
        yield from _leaves(_value(replies[0]), expected["value"], _names(check.returns))
    elif isinstance(check, Gradient):
        yield "out", _value(replies[0]), expected["out"]
        came, returns = _value(replies[1]), expected["returns"]
        if len(returns) == 1 and not isinstance(came, (tuple, list)):
            came = (came,)
        for name, due in expected["gradients"].items():
            whole = isinstance(came, (tuple, list)) and len(came) == len(returns)
            yield f"d{name}", came[returns.index(name)] if whole else _form(came), due
    elif isinstance(check, LossGradient):
        came = _value(replies[0])
        pair = isinstance(came, (tuple, list)) and len(came) == 2
        yield "the loss", came[0] if pair else _form(came), expected["out"]
        inner = any(len(path) > 1 for path in expected["paths"].values())
        due = dict(expected["gradients"]) if inner else expected["gradients"][check.wrt]
        yield from _leaves(came[1] if pair else _form(came), due, {(): f"d{check.wrt}"}, "d")
    elif isinstance(check, Stability):
        for reply, due in zip(replies, expected["values"], strict=True):
            yield from _leaves(_value(reply), due, _names(expected["returns"]))
        if check.silent:
            yield WARNED, _warned(replies), "warns:"
    else:
        assert isinstance(check, Purity)
        yield from _of_purity(check, expected, case, replies)


def _of_purity(check: Purity, expected: Any, case: Any, replies: Sequence[Reply]) -> Iterator[tuple[str, Any, Any]]:
    count = len(check.functions)
    together = replies[1:3] if count == 2 else replies[:1]
    for times in (together, replies[-count:]):
        for reply, due in zip(times, expected["values"], strict=True):
            for _, came, its_due in _leaves(_value(reply), due, {}):
                yield VALUE, came, its_due
    for watched in replies[:count]:
        echo = watched.echo
        for position, (name, arg) in enumerate(zip(expected["parameters"], case.args, strict=False)):
            if not isinstance(arg, wire.Rng):
                yield from _leaves(echo[position] if position < len(echo) else "missing", arg, {(): name}, f"{name}/")
    if count == 2:
        forward, backward = together
        yield "dout", backward.echo[0] if backward.echo else "missing", expected["dout"]
        yield "out", forward.echo[-1] if forward.echo else "missing", expected["values"][0]


def _leaves(came: Any, due: Any, names: Mapping[Any, str], prefix: str = "") -> Iterator[tuple[str, Any, Any]]:
    """The parts of a nested value, by the form that is due."""
    if isinstance(due, Mapping):
        fits = isinstance(came, Mapping)
        yield f"{prefix}keys", f"keys:{','.join(sorted(map(str, came)))}" if fits else _form(came), _keys(due)
        for key, part in due.items():
            its = came.get(key, "missing") if fits else _form(came)
            yield from _leaves(its, part, {(): names.get((key,), f"{prefix}{key}")}, f"{prefix}{key}/")
    elif isinstance(due, (tuple, list)):
        if len(due) == 1 and not isinstance(came, (tuple, list)):
            came = (came,)
        fits = isinstance(came, (tuple, list)) and len(came) == len(due)
        for i, part in enumerate(due):
            label = names.get((i,), f"{prefix}part {i + 1}")
            yield from _leaves(came[i] if fits else _form(came), part, {(): label}, f"{prefix}{i}/")
    else:
        yield names.get((), WHOLE), came, due


def _names(returns: Sequence[str] | None) -> dict[Any, str]:
    return {(i,): name for i, name in enumerate(returns or ())} | ({(): returns[0]} if returns else {})


def _keys(due: Mapping[str, Any]) -> str:
    return f"keys:{','.join(sorted(due))}"


def _value(reply: Reply) -> Any:
    return reply.value if reply.failure is None else f"failure:{reply.failure.kind}:{reply.failure.type}"


def _form(came: Any) -> str:
    if isinstance(came, str):
        return came
    if isinstance(came, (tuple, list)):
        return f"form:{len(came)} things"
    if isinstance(came, np.ndarray):
        return f"form:an array of {came.ndim} axes"
    return f"form:{type(came).__name__}"


def _warned(replies: Sequence[Reply]) -> str:
    kinds = {
        what[1]
        for reply in replies
        for warned in reply.warnings
        if warned.category == "RuntimeWarning" and (what := NUMPY_WARNS.match(warned.message))
    }
    return f"warns:{','.join(sorted(kinds))}"


# --- draws --------------------------------------------------------------------------------------


def _draws(prepared: Prepared, replies: Sequence[Reply]) -> list[Part]:
    found, rest = [], list(replies)
    for number, expected in enumerate(prepared.expected):
        count = 2 + len(expected["seeds"])
        found.append(Part("draws", number, _moments(expected, rest[:count]), "due"))
        del rest[:count]
    return found


def _moments(expected: Mapping[str, Any], replies: Sequence[Reply]) -> Any:
    """How draws are distributed: whether they follow the generator, variance, kurtosis, and how rows and columns go."""
    values = [_value(reply) for reply in replies]
    shape = tuple(expected["shape"])
    for value in values:
        if not isinstance(value, np.ndarray) or value.shape != shape or not np.isfinite(value).all():
            return f"shape:{np.shape(value)}" if isinstance(value, np.ndarray) else _form(value)
    first, again, *others = [np.asarray(value, dtype=np.float64) for value in values]
    follows = "" if np.allclose(first, again, rtol=1e-12, atol=0) else "not seeded"
    if not follows and any(np.allclose(first, other, rtol=1e-12, atol=0) for other in others):
        follows = "always the same"
    numbers_ = np.array([first, *others])
    variance = float(numbers_.var())
    if variance == 0:
        return "constant"
    z = (numbers_ - numbers_.mean()) / math.sqrt(variance)
    z = z.reshape(len(z), shape[0] if shape else 1, -1)  # a vector is a matrix of one column
    rows, columns = (z.sum(axis=axis) / math.sqrt(z.shape[axis]) for axis in (1, 2))
    return Moments(
        (
            f"draws:{follows}",
            variance / float(expected["variance"]),
            float((z**4).mean()),
            float(np.square(rows).mean()),
            float(np.square(columns).mean()),
        )
    )


def _same_draws(one: Any, other: Any) -> bool:
    """Whether two sets of draws are of one distribution, as far as 15,000 numbers tell.

    Each of the bounds is more than six standard deviations of the difference.
    """
    follows, variance, kurtosis, *sums = one
    follows_, variance_, kurtosis_, *sums_ = other
    return bool(
        follows == follows_
        and abs(math.log(variance / variance_)) < 0.12
        and abs(kurtosis - kurtosis_) < 0.45
        and all(0.4 < (a + 0.1) / (b + 0.1) < 2.5 for a, b in zip(sums, sums_, strict=True))
    )


# --- prints -------------------------------------------------------------------------------------


def numbers(value: Any) -> Any:
    """A value as a float64 array without leading axes of one element.

    ``None`` where it is no array of numbers, or one of more than :data:`MAX_ELEMENTS`.
    """
    if isinstance(value, bool) or not isinstance(value, NUMERIC):
        return None
    array = np.asarray(value)
    if array.dtype.kind not in "fiub" or array.size > MAX_ELEMENTS:
        return None
    array = array.astype(np.float64)
    while array.ndim and array.shape[0] == 1:
        array = array[0]
    return array


def print_of(value: Any) -> Any:
    """The print of a part."""
    if isinstance(value, (str, Moments)):
        return value
    array = numbers(value)
    if array is None:
        return "none" if value is None else _form(value)
    flat = array.reshape(-1)
    finite = np.isfinite(flat)
    mask = ""
    if not finite.all():
        codes = np.where(np.isnan(flat), 1, np.where(flat > 0, 2, 3)) * ~finite
        mask = hashlib.sha256(codes.astype(np.uint8).tobytes()).hexdigest()[:12]
        flat = np.where(finite, flat, 0.0)
    with np.errstate(over="ignore", invalid="ignore"):
        weights = _weights(flat.size) if flat.size < MANY else _weights.__wrapped__(flat.size)
        first, second = (_rounded(float(its @ flat)) for its in weights)
        size = _rounded(float(np.abs(flat).sum()))
    return (array.shape, first, second, size, mask) if math.isfinite(size) else "beyond all numbers"


def condensed(prints: Sequence[Any]) -> tuple[Any, ...]:
    """The prints of a check's parts, as few: one for all arrays and texts together, and those of draws as they are."""
    draws = tuple(each for each in prints if not isinstance(each, str) and isinstance(each[0], str))
    others = [each for each in prints if isinstance(each, str) or not isinstance(each[0], str)]
    forms = [each if isinstance(each, str) else (each[0], each[4]) for each in others]
    arrays = [(number, each) for number, each in enumerate(others, start=1) if not isinstance(each, str)]
    # Each part counts one to two times: two that are swapped have another sum, and none is lost beside the others.
    sums = [
        sum((1 + number * stride % 1) * each[k] for number, each in arrays)
        for k, stride in enumerate(_STRIDES, start=1)
    ]
    size = sum(2 * each[3] for _, each in arrays)
    digest = hashlib.sha256(repr(forms).encode()).hexdigest()[:12]
    return ((), _rounded(sums[0]), _rounded(sums[1]), _rounded(size), digest), *draws


def print_from_data(data: Any) -> Any:
    """A print that has been through JSON, which has no tuples.

    Raises:
        ValueError: it is none.
    """
    match data:
        case None | str():
            return data
        case [
            list() as shape,
            float() | int() as one,
            float() | int() as other,
            float() | int() as size,
            str() as mask,
        ]:
            return (tuple(shape), one, other, size, mask)
        case [str(), float(), float(), float(), float()]:
            return tuple(data)
    raise ValueError("what a mistake returns is not written as it should be")


def same(one: Any, other: Any, agrees: float = AGREES) -> bool:
    """Whether two prints are of the same value."""
    if isinstance(one, str) or isinstance(other, str):
        return bool(one == other)
    if isinstance(one[0], str) or isinstance(other[0], str):
        return isinstance(one[0], str) and isinstance(other[0], str) and _same_draws(one, other)
    if tuple(one[0]) != tuple(other[0]) or one[4] != other[4]:
        return False
    allowed = agrees * max(one[3], other[3]) + 1e-12
    return bool(abs(one[1] - other[1]) <= allowed and abs(one[2] - other[2]) <= allowed)


@functools.lru_cache(maxsize=64)
def _weights(size: int) -> Any:
    numbers_ = np.arange(1, size + 1)[None] * np.array(_STRIDES)[:, None]
    return 2 * (numbers_ % 1) - 1


def _rounded(number: float) -> float:
    return float(f"{number:.12g}")
