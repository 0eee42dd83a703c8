"""Numerical stability: right, finite and silent at extremes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass, replace
from typing import ClassVar

import numpy as np

from ..messages import say
from ..sandbox import wire
from ..sandbox.interface import Reply, Session
from . import calls
from .base import Case, Check, Finding, Prepared, Reference
from .compare import Difference
from .findings import Label, differing, failed, passed, without_result
from .subject import Subject, subject_of
from .tolerance import STRICT, Tolerance

__all__ = ["Stability"]

# numpy's own words; "underflow" is no fault: it is how a small number becomes 0.
NUMPY_WARNS = re.compile(r"(overflow|divide by zero|invalid value) encountered")

NEARLY = 1e-2
"""A relative error below this looks like lost digits; one above it does not."""


@dataclass(frozen=True)
class Stability(Check):
    """Call a function, or a forward and its backward, where a careless formula overflows or loses digits.

    Attributes:
        function: the function's name, or the forward's where ``backward`` is given.
        layer: in its place, ``{layer}_forward`` and ``{layer}_backward`` one after the other.
        backward: the name of the backward that is called after the function.
        pick: compare only this element of the returned tuple.
        returns: what the parts of a returned tuple are called in messages.
        tolerance: how close to the reference is right.
        silent: whether a warning of an overflow, an invalid value or a division by 0 costs the mark.
    """

    kind: ClassVar[str] = "stability"

    function: str = ""
    _: KW_ONLY
    layer: str = ""
    backward: str = ""
    pick: int | None = None
    returns: tuple[str, ...] = ()
    tolerance: Tolerance = STRICT
    silent: bool = True

    def __post_init__(self) -> None:
        subject_of(self.function, self.layer)

    @property
    def _subject(self) -> Subject:
        return subject_of(self.function, self.layer, self.backward, self.pick, self.returns)

    @property
    def functions(self) -> tuple[str, ...]:
        """The function, or the forward and the backward."""
        return self._subject.functions

    def prepare(self, reference: Reference, rng: np.random.Generator) -> Prepared:
        """Draw cases and ask the reference for its results."""
        cases = tuple(self.cases(rng))
        with np.errstate(all="ignore"):
            return Prepared(cases, tuple(self._subject.due(reference, case, rng) for case in cases))

    def steps(self, prepared: Prepared) -> tuple[wire.Call, ...]:
        """The program: each case, with warnings recorded."""
        steps: list[wire.Call] = []
        for case, expected in zip(prepared.cases, prepared.expected, strict=True):
            steps += self._subject.steps(calls.Wired(case), expected, len(steps), watch=True)
        return tuple(steps)

    def examine(self, session: Session, prepared: Prepared) -> Finding:
        """Compare all cases; only where all are right does a warning count."""
        replies = session.run(*prepared.program(self.steps)).replies
        size = len(self.functions)
        groups = [replies[i : i + size] for i in range(0, len(replies), size)]
        missing = without_result([named for group in groups for named in self._subject.named(group)])
        if missing is not None:
            return missing
        for i, case in enumerate(prepared.cases):
            wrong = self._subject.wrong(case, prepared.expected[i], groups[i], self.tolerance)
            if wrong is not None:
                return _unstable((i, case), *wrong)
        for i, case in enumerate(prepared.cases if self.silent else ()):
            finding = self._warned((i, case), self._subject.named(groups[i]))
            if finding is not None:
                return finding
        single = all(map(calls.is_single, prepared.cases))
        return passed([reply.value for reply in replies], single=single)

    def _warned(self, case: tuple[int, Case], replies: Sequence[tuple[Reply, str]]) -> Finding | None:
        for reply, function in replies:
            for warned in reply.warnings:
                what = NUMPY_WARNS.match(warned.message)
                if warned.category == "RuntimeWarning" and what is not None:
                    return failed(say("warns", function=function, warning=what[1]), case)
        return None


def _unstable(case: tuple[int, Case], function: str, found: Sequence[Difference], label: Label) -> Finding:
    """The finding for a wrong result at an extreme: which kind of instability it looks like."""
    values = "loses-digits" if found[0].relative_error < NEARLY else "extreme-values"
    kinds = {"nan": "overflow-nan", "inf": "overflow-inf", "values": values, "zeros": "extreme-values"}
    return differing(function, [replace(each, kind=kinds.get(each.kind, each.kind)) for each in found], label, case)
