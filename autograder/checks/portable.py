"""Checks and their prepared cases as plain data, for a machine that has no reference.

The data are what JSON can hold: numbers in decimal, exactly, so that a person can read them, and
nothing that could be run.  Whatever JSON has no word for is an object with one telling key::

    {"array": [[1.0, 2.5]], "dtype": "float64"}     a numpy array; with "shape" where it has no elements,
                                                    and "layout" where it isn't C-contiguous
    {"scalar": 1.5, "dtype": "float32"}             a numpy scalar
    {"tuple": [1, 2]}, {"dict": {"W1": …}}          (a list is a list)
    {"rng": 123}                                    a generator with that seed
    {"float": "inf"}                                a float that JSON doesn't know
"""

from __future__ import annotations

import math
import typing
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields
from typing import Any, NoReturn

import msgspec
import numpy as np

from ..errors import RubricError
from ..sandbox import wire
from .base import Case, Check, Prepared
from .distribution import Distribution
from .gradient import Gradient, LossGradient, recorded_for
from .matches import Matches
from .purity import Purity
from .stability import Stability
from .tolerance import Tolerance
from .variants import Recorded

__all__ = ["check_from_data", "check_to_data", "value_from_data", "value_to_data"]

KINDS: Mapping[str, type[Check]] = {
    kind.__name__: kind for kind in (Distribution, Gradient, LossGradient, Matches, Purity, Stability)
}
"""The kinds that can be visible."""

FOR_PREPARING = frozenset({"cases", "variance"})
"""Fields that have done their part when the cases are prepared."""

PLAIN = (str, bool, int, float, type(None), Tolerance)


def check_to_data(check: Check, prepared: Prepared) -> dict[str, Any]:
    """A visible check with its cases: its kind, those of its fields that are not as by default, and what is prepared.

    Raises:
        RubricError: the check has to stay with the rubric, because of its kind or of something that is no data.
    """
    kind = type(check).__name__
    if KINDS.get(kind) is not type(check) or not check.visible:
        raise RubricError(f"the check {check.name!r} ({kind}) can't be given to students")
    data: dict[str, Any] = {"kind": kind}
    for field in fields(check):
        value = getattr(check, field.name)
        default = field.default if field.default_factory is MISSING else field.default_factory()
        if field.name in FOR_PREPARING or field.name == "visible" or value == default:
            continue
        if field.name == "variants" and isinstance(check, (Gradient, LossGradient)):
            data[field.name] = [_variant_to_data(variant) for variant in recorded_for(check, prepared)]
        elif all(isinstance(part, PLAIN) for part in (value if isinstance(value, tuple) else (value,))):
            data[field.name] = msgspec.to_builtins(value)
        else:
            raise RubricError(f"the check {check.name!r} can't be given to students: its {field.name} is no data")
    data["cases"] = [_case_to_data(case) for case in prepared.cases]
    data["expected"] = [value_to_data(expected) for expected in prepared.expected]
    return data


def check_from_data(data: Mapping[str, Any]) -> tuple[Check, Prepared]:
    """The check that the data describe, and its cases; it can examine them, and draw no others.

    Raises:
        ValueError, TypeError, KeyError, AttributeError, OverflowError, msgspec.ValidationError: the data describe
            no check.
    """
    kind = KINDS.get(data["kind"])
    if kind is None:
        raise ValueError(f"there is no kind of checks named {data['kind']!r}")
    hints = typing.get_type_hints(kind)
    known = {field.name for field in fields(kind)} - FOR_PREPARING
    values: dict[str, Any] = {field.name: _prepared_already for field in fields(kind) if field.name in FOR_PREPARING}
    for name, value in data.items():
        if name in ("kind", "cases", "expected"):
            continue
        if name not in known:
            raise ValueError(f"{kind.__name__} has no field {name!r}")
        values[name] = (
            tuple(map(_variant_from_data, value)) if name == "variants" else msgspec.convert(value, hints[name])
        )
    prepared = Prepared(tuple(map(_case_from_data, data["cases"])), tuple(map(value_from_data, data["expected"])))
    return kind(**values, visible=True), prepared


def _prepared_already(*_: Any) -> NoReturn:
    raise RubricError("this check came with its cases, and can't draw others")


def _case_to_data(case: Case) -> dict[str, Any]:
    data: dict[str, Any] = {"args": [value_to_data(arg) for arg in case.args]}
    if case.kwargs:
        data["kwargs"] = {name: value_to_data(value) for name, value in case.kwargs.items()}
    if case.note:
        data["note"] = case.note
    return data


def _case_from_data(data: Mapping[str, Any]) -> Case:
    kwargs = {name: value_from_data(value) for name, value in data.get("kwargs", {}).items()}
    return Case(tuple(map(value_from_data, data["args"])), kwargs, str(data.get("note", "")))


def _variant_to_data(variant: Recorded) -> dict[str, Any]:
    data: dict[str, Any] = {
        "name": variant.name,
        "sentence": variant.sentence,
        "values": [value_to_data(_rounded(value, 12)) for value in variant.values],
        "gradients": [value_to_data(_rounded(gradients, 10)) for gradients in variant.gradients],
    }
    if variant.formulas:
        data["formulas"] = [value_to_data(_rounded(gradients, 12)) for gradients in variant.formulas]
    return data


def _rounded(value: Any, digits: int) -> Any:
    """Numbers with as many digits as a comparison needs: a numerical derivative has no more."""
    if isinstance(value, Mapping):
        return {name: _rounded(part, digits) for name, part in value.items()}
    if not isinstance(value, (float, np.ndarray, np.generic)):
        return value
    array = np.asarray(value, dtype=np.float64)
    rounded = np.array([float(f"{number:.{digits}g}") for number in array.reshape(-1)]).reshape(array.shape)
    return rounded if isinstance(value, np.ndarray) else float(rounded)


def _variant_from_data(data: Mapping[str, Any]) -> Recorded:
    values, gradients = tuple(map(value_from_data, data["values"])), tuple(map(value_from_data, data["gradients"]))
    formulas = tuple(map(value_from_data, data.get("formulas", ())))
    return Recorded(str(data["name"]), str(data["sentence"]), values, gradients, formulas)


# --- values -----------------------------------------------------------------------------------------


def value_to_data(value: Any) -> Any:
    """An argument or a result, as data.

    Raises:
        RubricError: it is none of what a case may hold.
    """
    if value is None or type(value) in (bool, int, str):
        return value
    if type(value) is float:
        return value if math.isfinite(value) else {"float": repr(value)}
    if isinstance(value, (np.ndarray, np.generic)):
        return _array_to_data(value)
    if isinstance(value, list):
        return [value_to_data(part) for part in value]
    if isinstance(value, tuple):
        return {"tuple": [value_to_data(part) for part in value]}
    if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
        return {"dict": {key: value_to_data(part) for key, part in value.items()}}
    if isinstance(value, wire.Rng):
        return {"rng": value.seed}
    raise RubricError(f"a {type(value).__name__} can't be given to students as data")


def _array_to_data(value: Any) -> dict[str, Any]:
    if value.dtype.name not in wire.DTYPES or value.dtype.kind == "c":
        raise RubricError(f"an array of dtype {value.dtype.name} can't be given to students as data")
    numbers = value.tolist() if np.isfinite(value).all() else value.astype(str).tolist()
    if isinstance(value, np.generic):
        return {"scalar": numbers, "dtype": value.dtype.name}
    data: dict[str, Any] = {"array": numbers, "dtype": value.dtype.name}
    if not value.size:
        data["shape"] = list(value.shape)
    if not value.flags.c_contiguous:
        data["layout"] = "F" if value.flags.f_contiguous else "strided"
    return data


def value_from_data(data: Any) -> Any:
    """The argument or the result that the data describe.

    Raises:
        ValueError: they describe none.
    """
    if isinstance(data, list):
        return [value_from_data(part) for part in data]
    if not isinstance(data, dict):
        return data
    match data:
        case {"array": numbers, "dtype": str() as dtype}:
            return _array_from_data(numbers, dtype, data.get("shape"), str(data.get("layout", "C")))
        case {"scalar": number, "dtype": str() as dtype}:
            return np.asarray(number, dtype=_dtype(dtype))[()]
        case {"tuple": list() as parts}:
            return tuple(map(value_from_data, parts))
        case {"dict": dict() as parts}:
            return {str(key): value_from_data(part) for key, part in parts.items()}
        case {"rng": int() as seed}:
            return wire.Rng(seed)
        case {"float": "nan" | "inf" | "-inf" as number}:
            return float(number)
    raise ValueError(f"an object with the keys {', '.join(map(repr, data))} is no value")


def _array_from_data(numbers: Any, dtype: str, shape: Sequence[int] | None, layout: str) -> Any:
    array = np.array(numbers, dtype=_dtype(dtype))
    if shape is not None:
        array = array.reshape(shape)
    if layout == "F":
        return np.asfortranarray(array)
    if layout == "strided":
        return np.repeat(array, 2, axis=-1)[..., ::2]
    return array


def _dtype(name: str) -> Any:
    if name not in wire.DTYPES:
        raise ValueError(f"{name[:40]!r} is no dtype of a case")
    return np.dtype(name)
