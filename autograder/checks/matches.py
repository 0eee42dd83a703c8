"""A function's results against the reference's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, replace
from typing import Any, ClassVar

import numpy as np

from ..results import Verdict
from ..sandbox.interface import Reply, Session
from ..sandbox.wire import Call
from . import calls
from .base import Case, Check, Finding, Prepared, Reference
from .compare import Difference, Path, differences
from .findings import differing, passed, without_result
from .tolerance import ORDINARY, Tolerance

__all__ = ["Matches", "part_label"]


@dataclass(frozen=True)
class Matches(Check):
    """Call a function and compare what it returns with what the reference returns.

    Tuples, lists, dicts, arrays, numbers and texts are compared however they are nested.

    Attributes:
        function: the function's name.
        pick: compare only this element of the returned tuple (``0`` of ``(out, cache)``).
        returns: what the parts of a returned tuple are called in messages.
        tolerance: how close is close enough.
        partial: give marks for each named part that is right in all cases.
    """

    kind: ClassVar[str] = "matches"

    function: str
    _: KW_ONLY
    pick: int | None = None
    returns: tuple[str, ...] | None = None
    tolerance: Tolerance = ORDINARY
    partial: bool = False

    @property
    def functions(self) -> tuple[str, ...]:
        """The one function."""
        return (self.function,)

    def prepare(self, reference: Reference, rng: np.random.Generator) -> Prepared:
        """Draw cases and ask the reference for its results."""
        cases = tuple(self.cases(rng))
        return Prepared(cases, tuple(due(reference, self.function, case, self.pick) for case in cases))

    def steps(self, prepared: Prepared) -> tuple[Call, ...]:
        """The program: a call for each case."""
        return tuple(
            calls.Wired(case).call(self.function, pick=self.pick, arity=expected["arity"])
            for case, expected in zip(prepared.cases, prepared.expected, strict=True)
        )

    def examine(self, session: Session, prepared: Prepared) -> Finding:
        """Call the function in each case and compare."""
        return self.judge(session.run(*prepared.program(self.steps)).replies, prepared)

    def judge(self, replies: tuple[Reply, ...], prepared: Prepared) -> Finding:
        """Compare the replies, one a case."""
        arity = prepared.expected[0]["arity"]
        missing = without_result(
            ((reply, self.function) for reply in replies), f"a tuple of {arity} things" if arity else ""
        )
        if missing is not None:
            return missing
        finding: Finding | None = None
        wrong: set[Path] = set()
        for number, (case, expected, reply) in enumerate(zip(prepared.cases, prepared.expected, replies, strict=True)):
            found = differences(reply.value, expected["value"], self.tolerance, single=calls.is_single(case))
            wrong |= {difference.path[:1] for difference in found}
            if found and finding is None:
                finding = self._differing(found, expected["value"], (number, case))
        if finding is None:
            single = all(map(calls.is_single, prepared.cases))
            return passed([reply.value for reply in replies], single=single)
        return self._shared(finding, wrong, prepared) if self.partial else finding

    def _differing(self, found: list[Difference], expected: Any, case: tuple[int, Case]) -> Finding:
        label = part_label(self.returns)
        broken = {difference.path[:1] for difference in found}
        right = [label(path) for path in parts(expected) if path not in broken] if () not in broken else []
        return differing(self.function, found, label, case, right)

    def _shared(self, finding: Finding, wrong: set[Path], prepared: Prepared) -> Finding:
        """Marks for the parts that are right everywhere."""
        all_parts = parts(prepared.expected[0]["value"])
        right = 0 if () in wrong else sum(path not in wrong for path in all_parts)
        if not right:
            return finding
        share = right / len(all_parts)
        return replace(finding, verdict=Verdict.PARTIAL, share=share)


def due(reference: Reference, function: str, case: Case, pick: int | None) -> dict[str, Any]:
    """What the reference returns (its ``pick``-ed part), and of how many parts the whole consists."""
    value = calls.ask(reference, function, case)
    arity = len(value) if pick is not None else None
    return {"value": calls.finite(value if pick is None else value[pick], function), "arity": arity}


def parts(expected: Any) -> list[Path]:
    """The paths of a result's outermost parts; the whole of it where it is one thing."""
    if isinstance(expected, Mapping):
        return [(key,) for key in expected]
    if isinstance(expected, tuple):
        return [(position,) for position in range(len(expected))]
    return [()]


def part_label(returns: tuple[str, ...] | None) -> Any:
    """How the parts of a result are called: by their names, keys or positions."""

    def label(path: Path) -> str:
        if not path:
            return "the result"
        first, *rest = path
        if isinstance(first, int):
            first = returns[first] if returns and first < len(returns) else f"part {first + 1} of what is returned"
        return first + "".join(f"[{key!r}]" for key in rest)

    return label
