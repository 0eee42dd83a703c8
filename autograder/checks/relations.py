"""What a wrong result has to do with the right one, where no known mistake explains it.

A relation is told only where it holds in every case of the check, for every part that is wrong, and where it
could have failed to hold: a single number is always some multiple of another.  No number of a case is told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from ..messages import Sentence, listed, say
from .parts import WARNED, Part, numbers, print_of, same

__all__ = ["Terms", "missing_term", "relation"]

Terms = Sequence[Mapping[str, Any]]
"""For each part the prints of the terms that it is the sum of, by what they are called."""

RTOL = 1e-7

Pair = tuple[Any, Any, int]
"""What came, what was due, and the number of samples of its case."""


@np.errstate(all="ignore")  # a student's numbers may be so large that their multiples are none
def relation(parts: Sequence[Part], samples: Sequence[int]) -> Sentence | None:
    """How the wrong parts are related to what was due, if they are all related to it in one way.

    Args:
        parts: what came back, all cases.
        samples: the length of the first array among each case's arguments.
    """
    by_label: dict[str, list[Pair]] = {}
    for part in parts:
        came, due = numbers(part.came), numbers(part.due)
        if part.label == WARNED or isinstance(part.due, str):
            continue
        if came is None or due is None or not np.isfinite(came).all():
            return None
        by_label.setdefault(part.label, []).append((came, due, samples[part.case]))
    wrong = [label for label, pairs in by_label.items() if not all(_near(came, due) for came, due, _ in pairs)]
    if not wrong:
        return None
    swapped = _swapped(by_label, wrong)
    if swapped is not None:
        return swapped
    for name, holds in RELATIONS.items():
        if all(_tells(by_label[label]) and holds(by_label[label]) for label in wrong):
            return say(name, **listed(wrong))
    return None


def missing_term(parts: Sequence[Part], terms: Terms) -> Sentence | None:
    """Which one of the reference's own additive terms the wrong part lacks, in all cases.

    Args:
        parts: what came back, all cases.
        terms: of each of them.
    """
    each = [
        (part.label, print_of(part.came), print_of(part.due), part.agrees, its)
        for part, its in zip(parts, terms, strict=True)
        if part.label != WARNED
    ]
    wrong = {label for label, came, due, near, _ in each if not same(came, due, near)}
    if len(wrong) != 1 or any(isinstance(came, str) for _, came, *_ in each):
        return None
    (label,) = wrong
    its_parts = [part[1:] for part in each if part[0] == label]
    for name in its_parts[0][3]:
        if all(name in its and same(came, _without(due, its[name]), near) for came, due, near, its in its_parts):
            return say("term-missing", term=name, **listed([label]))
    return None


def _without(due: Any, term: Any) -> Any:
    return (due[0], due[1] - term[1], due[2] - term[2], max(due[3], term[3]), due[4])


def _swapped(by_label: Mapping[str, Sequence[Pair]], wrong: Sequence[str]) -> Sentence | None:
    if len(wrong) != 2:
        return None
    one, other = (by_label[label] for label in wrong)
    if len(one) == len(other) and all(_near(a[0], b[1]) and _near(b[0], a[1]) for a, b in zip(one, other, strict=True)):
        return say("swapped", **listed(wrong))
    return None


def _tells(pairs: Sequence[Pair]) -> bool:
    """Whether the relation's holding tells anything: there are enough numbers, and they differ from 0."""
    size = sum(due.size for _, due, _ in pairs)
    return size >= 3 and any(due.any() for _, due, _ in pairs)


def _negative(pairs: Sequence[Pair]) -> bool:
    return all(_near(came, -due) for came, due, _ in pairs)


def _times_samples(pairs: Sequence[Pair]) -> bool:
    return _varies(pairs) and all(_near(came, n * due) for came, due, n in pairs)


def _over_samples(pairs: Sequence[Pair]) -> bool:
    return _varies(pairs) and all(_near(came * n, due) for came, due, n in pairs)


def _varies(pairs: Sequence[Pair]) -> bool:
    return any(n > 1 for _, _, n in pairs)


def _by(factor: float) -> Callable[[Sequence[Pair]], bool]:
    return lambda pairs: all(_near(came, factor * due) for came, due, _ in pairs)


def _constant(pairs: Sequence[Pair]) -> bool:
    if any(came.shape != due.shape for came, due, _ in pairs):
        return False
    came = np.concatenate([pair[0].reshape(-1) for pair in pairs])
    due = np.concatenate([pair[1].reshape(-1) for pair in pairs])
    size = float(due @ due)
    factor = float(came @ due) / size if size else 0.0
    return abs(factor) > 1e-3 and _near(came, factor * due)


def _transposed(pairs: Sequence[Pair]) -> bool:
    return any(due.ndim == 2 and not _near(due, due.T) for _, due, _ in pairs) and all(
        _near(came, due.T) for came, due, _ in pairs
    )


def _rows_reversed(pairs: Sequence[Pair]) -> bool:
    return all(due.ndim >= 1 and _near(came, due[::-1]) for came, due, _ in pairs)


def _columns_reversed(pairs: Sequence[Pair]) -> bool:
    return all(due.ndim >= 2 and _near(came, due[:, ::-1]) for came, due, _ in pairs)


def _reshaped(pairs: Sequence[Pair]) -> bool:
    return all(
        came.size == due.size
        and (_near(came.reshape(-1), due.reshape(-1, order="F")) or _near(came.reshape(-1), due.reshape(-1)))
        for came, due, _ in pairs
    )


def _another_order(pairs: Sequence[Pair]) -> bool:
    return all(
        came.size == due.size and _near(np.sort(came, axis=None), np.sort(due, axis=None)) for came, due, _ in pairs
    )


def _off_by_one(pairs: Sequence[Pair]) -> bool:
    return all(
        came.ndim == due.ndim >= 1
        and len(due) > 2
        and len(came) > 2
        and any(_near(came[a], due[b]) for a, b in _SHIFTS)
        for came, due, _ in pairs
    )


_SHIFTS = (
    (slice(1, None), slice(None, -1)),
    (slice(None, -1), slice(1, None)),
    (slice(None), slice(1, None)),
    (slice(None), slice(None, -1)),
    (slice(1, None), slice(None)),
    (slice(None, -1), slice(None)),
)


def _near(came: Any, due: Any) -> bool:
    return came.shape == due.shape and bool(
        np.all(np.abs(came - due) <= RTOL * np.abs(due) + RTOL * 1e-2 * np.abs(due).max(initial=0.0) + 1e-12)
    )


RELATIONS: Mapping[str, Callable[[Sequence[Pair]], bool]] = {
    "negative": _negative,
    "times-samples": _times_samples,
    "over-samples": _over_samples,
    "twice-as-large": _by(2.0),
    "half-as-large": _by(0.5),
    "times-constant": _constant,
    "transposed": _transposed,
    "rows-reversed": _rows_reversed,
    "columns-reversed": _columns_reversed,
    "reshaped": _reshaped,
    "another-order": _another_order,
    "off-by-one": _off_by_one,
}
"""In the order in which they are tried; the names are those of the sentences."""
