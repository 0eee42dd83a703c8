"""How a gradient is judged, whether it comes from a backward function or beside a loss."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ..errors import WorkerStopped
from ..messages import Sentence, listed, say
from ..sandbox import wire
from ..sandbox.interface import Reply, Session
from . import calls, numeric
from .base import Case, Finding
from .compare import Difference, Path, difference, differences, misfits, uses_single
from .findings import details, differing, evidence, failed, number, of_failure, passed
from .numeric import Slopes
from .tolerance import NUMERICAL, SlopeTolerance, Tolerance, slope_tolerance
from .variants import Recorded, Variant, at, formula_of, gradients_of, value_of

__all__ = ["Due", "Judge", "Worked", "sweep"]

MAX_LINES = 256
"""Elements up to which a wrong forward's own derivative is worked out, for feedback alone."""


@dataclass(frozen=True)
class Due:
    """What is due in one case.

    Attributes:
        out: the function's value, an array or a number.
        weights: the upstream gradient, as ``out`` in shape.
        gradients: the judged ones, by the names of their arguments.
        paths: for each, the way to its argument: position, then keys.
        directions: for each, the direction in which its argument is moved.
        returns: the names of all gradients that the backward function returns, in order; none for a loss.
    """

    out: Any
    weights: Any
    gradients: Mapping[str, Any]
    paths: Mapping[str, Path]
    directions: Mapping[str, Any]
    returns: tuple[str, ...] = ()

    @property
    def line(self) -> list[tuple[Path, Any]]:
        """All arguments' directions together, for a sweep."""
        return [(self.paths[name], direction) for name, direction in self.directions.items()]


def sweep(wired: calls.Wired, forward: str, case: Case, due: Due) -> wire.Sweep:
    """The step that moves all arguments along their directions: a little, which is enough where all is well.

    float32 is too coarse for small steps, so that it gets all of them at once.
    """
    return wired.sweep(forward, [due.line], numeric.STEPS if calls.is_single(case) else numeric.FEW, pick=0)


@dataclass(frozen=True)
class Worked:
    """What a student's functions gave in one case; ``gradients`` may be anything.

    ``sweep`` is the reply to the step that :func:`sweep` made.
    """

    out: Any
    gradients: Any
    sweep: Reply


@dataclass(frozen=True)
class Judge:
    """Judges the gradients of one function.

    Attributes:
        forward: the name of the function that is differentiated; ``(value, something)`` is what it returns.
        backward: the name of the function that returns the gradients (the same for a loss).
        tolerance: for values and gradients.
        variants: known wrong variants of the forward function.
    """

    forward: str
    backward: str
    tolerance: Tolerance
    variants: Sequence[Variant | Recorded] = ()

    def judge(self, session: Session, cases: Sequence[Case], due: Sequence[Due], worked: Sequence[Worked]) -> Finding:
        """Values first, then gradients, then the derivative of the student's own function."""
        targets, tolerance, note = [each.gradients for each in due], self.tolerance, None
        against: Sentence | None = None
        variant: Variant | Recorded | None = None
        wrong = self._wrong_value(cases, due, worked)
        if wrong is not None:
            variant = self._variant(cases, worked)
            if variant is None:
                where, its = wrong
                as_asked = self._first_wrong(cases, worked, targets, tolerance) is None
                return self._not_marked(session, (where, cases[where]), due[where], worked[where], its, as_asked)
            blanks = {"function": self.forward, "variant": variant.sentence}
            if self._first_wrong(cases, worked, targets, tolerance) is None:
                return passed(note=say("beside-variant", **blanks))
            note, against = say("as-variant", **blanks), say("held-against-variant", **blanks)
            targets = [
                gradients_of(variant, i, case, its.paths, its.weights)
                for i, (case, its) in enumerate(zip(cases, due, strict=True))
            ]
            tolerance = NUMERICAL
        finding = self._first_wrong(cases, worked, targets, tolerance)
        if finding is not None:
            if variant is not None and self._is_formula(variant, cases, due, worked):
                return passed(note=say("formula-beside-variant", **blanks))
            return finding if against is None else _beside(finding, against)
        for i, case in enumerate(cases):
            finding = self._wrong_slope(session, (i, case), due[i], worked[i], targets[i])
            if finding is not None:
                return finding
        return passed(
            [(each.out, each.gradients) for each in worked], single=all(map(calls.is_single, cases)), note=note
        )

    def _first_wrong(
        self,
        cases: Sequence[Case],
        worked: Sequence[Worked],
        targets: Sequence[Mapping[str, Any]],
        tolerance: Tolerance,
    ) -> Finding | None:
        """The finding for the first case whose gradients are not these; ``None`` if all are."""
        each = zip(enumerate(cases), worked, targets, strict=True)
        findings = (self._wrong_gradient(case, its, target, tolerance) for case, its, target in each)
        return next((finding for finding in findings if finding is not None), None)

    def _wrong_value(
        self, cases: Sequence[Case], due: Sequence[Due], worked: Sequence[Worked]
    ) -> tuple[int, Difference] | None:
        for i, (case, its, given) in enumerate(zip(cases, due, worked, strict=True)):
            found = difference(given.out, its.out, self.tolerance, single=calls.is_single(case))
            if found is not None:
                return i, found
        return None

    def _wrong_gradient(
        self, case: tuple[int, Case], worked: Worked, target: Mapping[str, Any], tolerance: Tolerance
    ) -> Finding | None:
        if isinstance(worked.gradients, Difference):
            return differing(self.backward, [worked.gradients], _label, case)
        single = _is_single(case[1], worked) and not tolerance.strict
        found = differences(worked.gradients, target, tolerance, single=single)
        if not found:
            return None
        broken = {difference.path[:1] for difference in found}
        right = [] if () in broken else [f"d{name}" for name in target if (name,) not in broken]
        return differing(self.backward, found, _label, case, right, meaning=_meaning)

    def _wrong_slope(
        self, session: Session, case: tuple[int, Case], due: Due, worked: Worked, target: Mapping[str, Any]
    ) -> Finding | None:
        """Whether the student's function changes as the gradients say, along the random direction."""
        claimed = numeric.rate(worked.gradients, due.directions)
        size = numeric.magnitude(target, due.directions) + _least(due)
        tolerance = slope_tolerance(single=_is_single(case[1], worked), rtol=self.tolerance.rtol)
        rounding = _rounding(case[1], due, worked)
        size += rounding / numeric.STEP_OF_BEST / tolerance.ceiling
        if _settled(worked, due.weights, claimed, size, tolerance):
            return None
        swept = self._far(session, case[1], due, worked)
        if swept.failure is not None:
            return of_failure(swept.failure, self.forward, raised="raised-when-moved")
        found = _slopes(swept.value, 1, worked.out, due.weights, rounding)
        if found is None or not found.known(size, tolerance.ceiling).all():
            return failed(say("rough", function=self.forward), case)
        if found.agree(claimed, size, tolerance.agrees, tolerance.ceiling).all():
            return None
        rate = float(found.best[0])
        return failed(
            say("not-the-derivative", function=self.forward),
            case,
            f"Along a random direction it changes at a rate of {rate:.6g}; by its gradient, {claimed:.6g}.",
            numerical=number(rate, 6),
            claimed=number(claimed, 6),
        )

    def _is_formula(
        self, variant: Variant | Recorded, cases: Sequence[Case], due: Sequence[Due], worked: Sequence[Worked]
    ) -> bool:
        """Whether the gradients are what the right formula makes of the variant's cache."""
        targets = []
        for i, (case, its) in enumerate(zip(cases, due, strict=True)):
            target = formula_of(variant, i, case, its.weights, its.returns, its.gradients)
            if target is None:
                return False
            targets.append(target)
        return self._first_wrong(cases, worked, targets, self.tolerance) is None

    # --- a function that is not right ---------------------------------------------------------

    def _variant(self, cases: Sequence[Case], worked: Sequence[Worked]) -> Variant | Recorded | None:
        """The known variant whose values the student's are, in all cases."""
        for variant in self.variants:
            if all(self._is_variants(variant, i, case, worked[i]) for i, case in enumerate(cases)):
                return variant
        return None

    def _is_variants(self, variant: Variant | Recorded, number: int, case: Case, worked: Worked) -> bool:
        value = value_of(variant, number, case)
        if value is None:
            return False
        return difference(worked.out, value, self.tolerance, single=calls.is_single(case)) is None

    def _not_marked(
        self, session: Session, case: tuple[int, Case], due: Due, worked: Worked, wrong: Difference, as_asked: bool
    ) -> Finding:
        sentence = say("forward-first", function=self.forward)
        try:
            own = say("gradient-as-asked") if as_asked else self._own(session, case[1], due, worked)
        except WorkerStopped:  # this is feedback only: what stopped it is found where marks hang on it
            own = None
        message = f"{sentence.message} {own.message}" if own else sentence.message
        label = "out" if self.forward != self.backward else "the loss"
        return failed(
            Sentence(message, sentence.hint), case, evidence(wrong, lambda _: label), **details(wrong, lambda _: label)
        )

    def _own(self, session: Session, case: Case, due: Due, worked: Worked) -> Sentence | None:
        """Whether the gradients are at least those of the student's own function; ``None`` if that can't be said."""
        if isinstance(worked.gradients, Difference) or misfits(worked.gradients, due.gradients):
            return None
        rounding = _rounding(case, due, worked)
        found = _slopes(self._far(session, case, due, worked).value, 1, worked.out, due.weights, rounding)
        if found is None:
            return None
        claimed = numeric.rate(worked.gradients, due.directions)
        size = numeric.magnitude(worked.gradients, due.directions) + _least(due)
        tolerance = slope_tolerance(single=_is_single(case, worked))
        size += rounding / numeric.STEP_OF_BEST / tolerance.ceiling
        if found.agree(claimed, size, tolerance.agrees, tolerance.ceiling).all():
            return say("own-derivative", function=self.forward)
        parts = self._not_own(session, case, due, worked)
        return say("not-own-derivative", function=self.forward, **listed(parts)) if parts else None

    def _far(self, session: Session, case: Case, due: Due, worked: Worked) -> Reply:
        """The function at all steps along the line: a second program, unless the first had them."""
        if calls.is_single(case):
            return worked.sweep
        (reply,) = session.run(calls.Wired(case).sweep(self.forward, [due.line], numeric.STEPS, pick=0)).replies
        return reply

    def _not_own(self, session: Session, case: Case, due: Due, worked: Worked) -> list[str]:
        """Which gradients are not the own function's: a second program, element by element."""
        units = {name: numeric.unit_directions(at(case.args, path)) for name, path in due.paths.items()}
        if sum(map(len, units.values())) > MAX_LINES:
            return []
        wired = calls.Wired(case)
        steps = [
            wired.sweep(self.forward, [[(due.paths[name], unit)] for unit in its], numeric.STEPS, pick=0)
            for name, its in units.items()
        ]
        replies = session.run(*steps).replies
        parts = []
        for (name, its), reply in zip(units.items(), replies, strict=True):
            found = _slopes(reply.value, len(its), worked.out, due.weights)
            scale = numeric.scales(at(case.args, due.paths[name]))
            claimed = (np.asarray(worked.gradients[name], dtype=np.float64).reshape(scale.shape) * scale).reshape(-1)
            size = np.full(len(its), np.abs(claimed).max(initial=0.0) + _least(due))
            if found is not None and not found.agree(claimed, size, 1e-5, 1e-3).all():
                parts.append(f"d{name}")
        return parts


def _settled(worked: Worked, weights: Any, claimed: float, size: float, tolerance: SlopeTolerance) -> bool:
    """Whether the small steps have shown that the derivative is the claimed one."""
    values, size_of_out = worked.sweep.value, np.size(worked.out)
    if worked.sweep.failure is not None or type(values) is not np.ndarray or values.dtype != np.float64:
        return False
    if values.shape[:2] != (1, len(numeric.FEW)) or values.size != len(numeric.FEW) * size_of_out:
        return False
    if np.size(weights) not in (1, size_of_out):
        return False
    weights = np.reshape(weights, -1) if np.ndim(weights) else weights
    rows = values.reshape(len(numeric.FEW), -1)
    return numeric.settles(rows, weights, claimed, size, tolerance.agrees, tolerance.ceiling)


def _slopes(values: Any, lines: int, out: Any, weights: Any, error: float = 0.0) -> Slopes | None:
    """The derivatives of what came back from a sweep, if that is what was asked for."""
    count = lines * len(numeric.STEPS)
    if not isinstance(values, np.ndarray) or values.dtype.kind not in "fiu" or np.iscomplexobj(out):
        return None
    if values.shape[:2] != (lines, len(numeric.STEPS)) or values.size != count * np.size(out):
        return None
    if np.size(weights) not in (1, np.size(out)):
        return None
    return numeric.slopes(np.reshape(out, -1), values, np.reshape(weights, -1), error)


def _is_single(case: Case, worked: Worked) -> bool:
    """Whether no more than float32's precision can be in the gradients: the cache is what the output is."""
    return calls.is_single(case) or uses_single(worked.out)


def _rounding(case: Case, due: Due, worked: Worked) -> float:
    """What rounding makes of the value where the function computes in float32.

    Its own, that of its arguments, and that of numbers near 1 on the way, such as a sum of probabilities.
    Where a derivative is small beside all this, chance decides what a small step shows, and it is not to decide marks.
    """
    if not _is_single(case, worked):
        return 0.0
    terms = [
        float(np.vdot(np.abs(due.gradients[name]), np.abs(at(case.args, path)))) for name, path in due.paths.items()
    ]
    error = numeric.ROUNDING_IN_SINGLE * (float(np.sum(np.abs(due.weights) * (1 + np.abs(due.out)))) + sum(terms))
    return error if math.isfinite(error) else 0.0


def _least(due: Due) -> float:
    """A derivative too small to be told from the rounding of the value itself."""
    least = 1e-6 * float(np.vdot(np.abs(due.weights), np.abs(due.out)))
    return least if math.isfinite(least) else 0.0


def _beside(finding: Finding, against: Sentence) -> Finding:
    """The finding for wrong numbers, and what they were held against; a wrong form needs no more words."""
    if finding.details["difference"] not in ("values", "zeros"):
        return finding
    return replace(finding, message=f"{finding.message} {against.message}", hint=against.hint)


def _label(path: Path) -> str:
    return f"d{path[0]}" if path else "the gradient"


def _meaning(path: Path) -> str:
    return f"d{path[0]} (the gradient with respect to {path[0]})" if path else "the gradient"
