"""A wrong array as a picture over its elements.

The data are those of :func:`autograder.checks.findings.elements`: what came, what was due, and which
elements are wrong.  Colour says how far an element is off; that it is off is said without colour too.
"""

from __future__ import annotations

import html
import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..text import plain

__all__ = ["STYLE", "pictured", "size", "sketched"]

STYLE = """
.ag-picture table { border-collapse: collapse; margin: .3em 0 .6em; width: auto; }
.ag-picture caption { text-align: left; padding: .2em 0; white-space: nowrap; }
.ag-picture td { border: 1px solid rgba(128, 128, 128, .4); padding: .15em .4em; text-align: right; min-width: 1em;
  font: .85em monospace; }
.ag-picture td.ag-wrong { font-weight: bold; outline: 1px solid rgb(205, 60, 40); outline-offset: -1px; }
"""

FAINTEST, STRONGEST = 0.12, 0.5
"""How much red: so that dark text on white and light text on black both stay readable."""

DECADES = 8
"""Errors from this many powers of ten below the largest element on up differ in colour."""

SKETCHED_WIDTH = 60


@dataclass(frozen=True)
class _Slice:
    """Two axes of an array, as rows; ``index`` has a colon for each of these axes."""

    index: str
    rows: Sequence[Sequence[tuple[str, Any, Any, bool]]]


def pictured(picture: Mapping[str, Any]) -> str:
    """HTML: a table of what came, each cell with what was due in its title; wrong ones outlined and red."""
    scale = max((abs(due) for due in _flat(picture["expected"]) if isinstance(due, (int, float))), default=0.0)
    tables = "".join(_table(picture, part, scale) for part in _slices(picture))
    label = f"{html.escape(plain(picture['part'], 60))}, element by element"
    return f'<div class="ag-picture" tabindex="0" role="group" aria-label="{label}">{tables}</div>'


def sketched(picture: Mapping[str, Any]) -> str:
    """Text: a letter an element, ``x`` where it is wrong and ``.`` where it is right.

    Nothing where all are wrong, or where it is too wide.
    """
    if len(picture["wrong"]) == size(picture):
        return ""
    lines = []
    for part in _slices(picture):
        if max(map(len, part.rows)) > SKETCHED_WIDTH:
            return ""
        lines.append(f"{plain(picture['part'], 60)}{part.index}: x where it is wrong")
        lines += ["  " + "".join("x" if wrong else "." for *_, wrong in row) for row in part.rows]
    return "\n".join(lines)


def size(picture: Mapping[str, Any]) -> int:
    """How many elements the array has."""
    return sum(1 for _ in _flat(picture["actual"]))


def _table(picture: Mapping[str, Any], part: _Slice, scale: float) -> str:
    name = html.escape(plain(picture["part"], 60))
    caption = f"<caption>{name}{part.index}: what came; a cell's title says what is due</caption>"
    rows = "".join(f"<tr>{''.join(_cell(name, *element, scale) for element in row)}</tr>" for row in part.rows)
    return f"<table>{caption}{rows}</table>"


def _cell(name: str, index: str, came: Any, due: Any, wrong: bool, scale: float) -> str:
    label = f"{name}{index}: {_number(came)} came, {_number(due)} is due"
    if not wrong:
        return f'<td title="{label}, right">{_number(came, 3)}</td>'
    shade = FAINTEST + (STRONGEST - FAINTEST) * _strength(came, due, scale)
    style = f"background: rgba(205, 60, 40, {shade:.2f})"
    return f'<td class="ag-wrong" style="{style}" title="{label}, wrong">{_number(came, 3)}</td>'


def _strength(came: Any, due: Any, scale: float) -> float:
    """0 for the smallest error that is worth a colour, 1 for one as large as the largest element."""
    if not isinstance(came, (int, float)) or not isinstance(due, (int, float)) or not scale:
        return 1.0
    error = abs(came - due) / scale
    return min(max(1 + math.log10(error) / DECADES, 0.0), 1.0) if error else 0.0


def _slices(picture: Mapping[str, Any]) -> Iterator[_Slice]:
    """The array as slices of two axes; a vector is one row."""
    shape = _shape(picture["actual"])
    flat = list(zip(_flat(picture["actual"]), _flat(picture["expected"]), strict=True))
    wrong = set(picture["wrong"])
    *outer, height, width = (1, *shape) if len(shape) < 2 else shape
    for number, first in enumerate(itertools.product(*map(range, outer))):
        rows = []
        for row in range(height):
            start = (number * height + row) * width
            inner = [(column,) if len(shape) < 2 else (*first, row, column) for column in range(width)]
            rows.append([(str(list(inner[i])), *flat[start + i], start + i in wrong) for i in range(width)])
        yield _Slice(f"[{', '.join(map(str, first))}, :, :]" if first else "", rows)


def _shape(numbers: Any) -> tuple[int, ...]:
    return (len(numbers), *_shape(numbers[0])) if isinstance(numbers, list) and numbers else ()


def _flat(numbers: Any) -> Iterator[Any]:
    if isinstance(numbers, list):
        for part in numbers:
            yield from _flat(part)
    else:
        yield numbers


def _number(value: Any, digits: int = 5) -> str:
    return f"{value:.{digits}g}" if isinstance(value, (int, float)) else html.escape(plain(str(value), 8))
