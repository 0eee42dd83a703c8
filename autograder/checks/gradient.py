"""Gradients: against the reference's, and against the student's own function.

A gradient check judges three things, in this order:

1. What the function itself returns is what is due.  Where it isn't, but is what a known wrong variant
   returns, the mistake has cost its marks elsewhere: the gradient may be the one that was asked for, or
   else is judged as that variant's.  Being consistent with one's own wrong function earns nothing
   otherwise: zeros are the derivative of zeros.
2. The gradients are the reference's, element by element.
3. The numerical derivative of the student's own function, along a random direction in all judged
   arguments together, is what the student's gradients say.

Upstream gradients are random: with ``dout = ones`` a normalization's dx is zero whatever one does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import Any, ClassVar

import numpy as np

from ..errors import RubricError
from ..messages import say
from ..results import Verdict
from ..sandbox import wire
from ..sandbox.interface import Session
from . import calls, numeric
from .base import Case, Check, Finding, Prepared, Reference
from .compare import Difference, Path
from .differentiated import Due, Judge, Worked, sweep
from .findings import not_a_pair, not_delivered, skipped
from .tolerance import ORDINARY, Tolerance
from .variants import Recorded, Variant, recorded

__all__ = ["Gradient", "LossGradient", "recorded_for"]


@dataclass(frozen=True)
class Gradient(Check):
    """A layer's backward function: ``forward(*args) -> (out, cache)``, ``backward(dout, cache) -> gradients``.

    Attributes:
        layer: the functions are ``{layer}_forward`` and ``{layer}_backward``, unless named.
        wrt: the arguments whose gradients are judged; all by default.
        returns: the arguments whose gradients the backward returns, in order; by default all that the
            cases pass by position.
        tolerance: for the output and the gradients.
        variants: known wrong variants of the forward function.
        forward, backward: the functions' names.
    """

    kind: ClassVar[str] = "gradient"

    layer: str
    _: KW_ONLY
    wrt: tuple[str, ...] | None = None
    returns: tuple[str, ...] | None = None
    tolerance: Tolerance = ORDINARY
    variants: Sequence[Variant | Recorded] = ()
    forward: str = ""
    backward: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "forward", self.forward or f"{self.layer}_forward")
        object.__setattr__(self, "backward", self.backward or f"{self.layer}_backward")

    @property
    def functions(self) -> tuple[str, ...]:
        """The forward and the backward function."""
        return (self.forward, self.backward)

    def prepare(self, reference: Reference, rng: np.random.Generator) -> Prepared:
        """Draw cases, upstream gradients and directions; work out outputs and gradients."""
        names = calls.parameters(reference[self.forward])
        cases = tuple(self.cases(rng))
        return Prepared(cases, tuple(self._due(reference, names, case, rng) for case in cases))

    def _due(
        self, reference: Reference, names: tuple[str, ...], case: Case, rng: np.random.Generator
    ) -> dict[str, Any]:
        out, dout, gradients = calls.ask_pair(reference, self.forward, self.backward, case, rng)
        returns = self.returns or names[: len(case.args)]
        judged = [name for name in returns if self.wrt is None or name in self.wrt]
        if len(returns) != len(gradients) or len(judged) != len(self.wrt or judged) or not {*judged} <= {*names}:
            raise RubricError(
                f"{self.backward} returns {len(gradients)} gradients; the check says {returns}, and judges {judged} "
                f"of {self.forward}'s arguments {names}"
            )
        by_name = dict(zip(returns, gradients, strict=True))
        return {
            "out": calls.finite(out, self.forward),
            "weights": dout,
            "returns": tuple(returns),
            "gradients": {name: calls.finite(by_name[name], self.backward) for name in judged},
            "paths": {name: (names.index(name),) for name in judged},
            "directions": {name: numeric.random_direction(case.args[names.index(name)], rng) for name in judged},
        }

    def steps(self, prepared: Prepared) -> tuple[wire.Call | wire.Sweep, ...]:
        """The program: forward, backward and sweep for each case."""
        steps: list[wire.Call | wire.Sweep] = []
        for case, expected in zip(prepared.cases, prepared.expected, strict=True):
            wired, cache = calls.Wired(case), wire.Ref(len(steps), (1,))
            steps += [
                wired.call(self.forward, pick=0, arity=2),
                wire.Call(function=self.backward, args=(wire.encode(expected["weights"]), cache)),
                sweep(wired, self.forward, case, due_of(expected)),
            ]
        return tuple(steps)

    def examine(self, session: Session, prepared: Prepared) -> Finding:
        """Run the program and judge; a second one only tells more about a function that is not right."""
        replies = session.run(*prepared.program(self.steps)).replies
        worked = []
        for i, expected in enumerate(prepared.expected):
            forward, backward, swept = replies[3 * i : 3 * i + 3]
            finding = not_delivered(forward, self.forward, "(out, cache)")
            if finding is not None:
                return self._waiting(session, expected["weights"], finding)
            finding = not_delivered(backward, self.backward)
            if finding is not None:
                return finding
            gradients = _by_name(backward.value, expected["returns"], expected["gradients"])
            worked.append(Worked(forward.value, gradients, swept))
        judge = Judge(self.forward, self.backward, self.tolerance, self.variants)
        return judge.judge(session, prepared.cases, list(map(due_of, prepared.expected)), worked)

    def _waiting(self, session: Session, dout: Any, finding: Finding) -> Finding:
        """Where the forward is not written: is the backward, at least, waiting for it?"""
        if finding.verdict is not Verdict.NOT_ATTEMPTED:
            return finding
        (reply,) = session.run(wire.Call(function=self.backward, args=(wire.encode(dout), None))).replies
        itself = not_delivered(reply, self.backward)
        if itself is not None and itself.verdict is Verdict.NOT_ATTEMPTED:
            return itself
        return skipped(say("waits", function=self.forward))


@dataclass(frozen=True)
class LossGradient(Check):
    """A function that returns its value together with its gradient: ``function(*args) -> (loss, gradient)``.

    Attributes:
        function: the function's name.
        wrt: the argument that the gradient is for: an array, or a dict of arrays; the gradient is then a
            dict with the same keys.
        tolerance: for the loss and the gradient.
        variants: known wrong variants of the function.
    """

    kind: ClassVar[str] = "gradient"

    function: str
    _: KW_ONLY
    wrt: str
    tolerance: Tolerance = ORDINARY
    variants: Sequence[Variant | Recorded] = ()

    @property
    def functions(self) -> tuple[str, ...]:
        """The one function."""
        return (self.function,)

    def prepare(self, reference: Reference, rng: np.random.Generator) -> Prepared:
        """Draw cases and directions; work out losses and gradients."""
        names = calls.parameters(reference[self.function])
        if self.wrt not in names:
            raise RubricError(f"{self.function} has no parameter {self.wrt!r}; it has {', '.join(names)}")
        cases = tuple(self.cases(rng))
        position = names.index(self.wrt)
        return Prepared(cases, tuple(self._due(reference, position, case, rng) for case in cases))

    def _due(self, reference: Reference, position: int, case: Case, rng: np.random.Generator) -> dict[str, Any]:
        loss, gradient = calls.finite(calls.ask(reference, self.function, case), self.function)
        argument = case.args[position]
        if isinstance(argument, Mapping):
            gradients, arguments = gradient, argument
            paths: dict[str, Path] = {key: (position, key) for key in argument}
        else:
            gradients, arguments, paths = {self.wrt: gradient}, {self.wrt: argument}, {self.wrt: (position,)}
        return {
            "out": loss,
            "weights": 1.0,
            "gradients": gradients,
            "paths": paths,
            "directions": {name: numeric.random_direction(array, rng) for name, array in arguments.items()},
        }

    def steps(self, prepared: Prepared) -> tuple[wire.Call | wire.Sweep, ...]:
        """The program: a call and a sweep for each case."""
        steps: list[wire.Call | wire.Sweep] = []
        for case, expected in zip(prepared.cases, prepared.expected, strict=True):
            wired = calls.Wired(case)
            steps += [
                wired.call(self.function, arity=2),
                sweep(wired, self.function, case, due_of(expected)),
            ]
        return tuple(steps)

    def examine(self, session: Session, prepared: Prepared) -> Finding:
        """Run the program and judge; a second one only tells more about a function that is not right."""
        replies = session.run(*prepared.program(self.steps)).replies
        worked = []
        for i, expected in enumerate(prepared.expected):
            both, swept = replies[2 * i : 2 * i + 2]
            finding = not_a_pair(both, self.function, "(loss, gradient)")
            if finding is not None:
                return finding
            loss, gradient = both.value
            if all(len(path) == 1 for path in expected["paths"].values()):
                gradient = {self.wrt: gradient}
            worked.append(Worked(loss, gradient, swept))
        judge = Judge(self.function, self.function, self.tolerance, self.variants)
        return judge.judge(session, prepared.cases, list(map(due_of, prepared.expected)), worked)


def recorded_for(check: Gradient | LossGradient, prepared: Prepared) -> tuple[Recorded, ...]:
    """A check's variants as data, for a machine that doesn't have them."""
    due = list(map(due_of, prepared.expected))
    paths, weights = [its.paths for its in due], [its.weights for its in due]
    return recorded(check.variants, prepared.cases, paths, weights, [its.returns for its in due])


def due_of(expected: Mapping[str, Any]) -> Due:
    """What is due in a case, from what was prepared."""
    names = ("out", "weights", "gradients", "paths", "directions")
    return Due(**{name: expected[name] for name in names}, returns=tuple(expected.get("returns", ())))


def _by_name(value: Any, returns: tuple[str, ...], judged: Mapping[str, Any]) -> dict[str, Any] | Difference:
    """The judged ones of a backward's gradients, by name."""
    if len(returns) == 1 and not isinstance(value, (tuple, list)):
        return {returns[0]: value}
    if not isinstance(value, (tuple, list)) or len(value) != len(returns):
        came = str(len(value)) if isinstance(value, (tuple, list)) else type(value).__name__
        return Difference("length", came=came, due=f"{len(returns)} ({', '.join(f'd{name}' for name in returns)})")
    return {name: part for name, part in zip(returns, value, strict=True) if name in judged}
