"""Purity: no argument is changed, nothing is remembered from one call to the next.

Every call gets fresh copies anyway, so that a function that writes into its arguments loses this mark
and no other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, replace
from typing import Any, ClassVar

import numpy as np

from ..errors import RubricError
from ..messages import listed, say
from ..sandbox import wire
from ..sandbox.interface import Reply, Session
from . import calls
from .base import Case, Check, Finding, Prepared, Reference
from .compare import differences
from .findings import failed, passed, skipped, without_result
from .subject import Subject
from .tolerance import ORDINARY, SAME, Tolerance

__all__ = ["Purity"]


@dataclass(frozen=True)
class Purity(Check):
    """Call a function, or a forward and its backward, and look at the arguments afterwards.

    The mark is given only where the results are right too: a function that does nothing changes nothing.

    Attributes:
        functions: a function's name, or a forward's and its backward's, ``forward(*args) -> (out, cache)``
            and ``backward(dout, cache)``.
        pick: for a function alone, only this element of the returned tuple has to be right.
        tolerance: how close to the reference is right.
        forward_elsewhere: the forward has a check of its own: what it changes itself is not looked at here.
    """

    kind: ClassVar[str] = "purity"

    functions: tuple[str, ...] = ()
    _: KW_ONLY
    pick: int | None = None
    tolerance: Tolerance = ORDINARY
    forward_elsewhere: bool = False

    def __post_init__(self) -> None:
        if len(self.functions) not in (1, 2):
            raise RubricError(f"purity is of a function, or of a forward and its backward, not of {self.functions}")
        if self.forward_elsewhere and len(self.functions) == 1:
            raise RubricError(f"purity of {self.functions[0]} alone has no forward that could be looked at elsewhere")

    @property
    def _subject(self) -> Subject:
        return Subject(self.functions, self.pick)

    @property
    def _same(self) -> Tolerance:
        """What counts as the same answer."""
        # Where what is right is within the floor of 0, so is what rounding leaves there, the same or not.
        return replace(SAME, floor=self.tolerance.floor)

    def prepare(self, reference: Reference, rng: np.random.Generator) -> Prepared:
        """Draw cases and ask the reference for its results."""
        cases = tuple(self.cases(rng))
        names = calls.parameters(reference[self.functions[0]])
        return Prepared(
            cases, tuple({**self._subject.due(reference, case, rng), "parameters": names} for case in cases)
        )

    def steps(self, prepared: Prepared) -> tuple[wire.Call, ...]:
        """The program: for each case the first function alone, then all of them, twice.

        What is echoed is echoed when the whole program has run; so the call that no backward follows
        shows what the forward does by itself.  Of a pair, between the two times, there stand two steps of
        another program: the forward in every case, and then the backward in every case, in the same order.
        """
        steps: list[wire.Call] = []
        wired = [calls.Wired(case) for case in prepared.cases]
        forwards: list[int] = []
        for i, expected in enumerate(prepared.expected):
            steps.append(self._subject.steps(wired[i], expected, len(steps), echo=True)[0])
            if len(self.functions) == 2:
                steps += self._subject.steps(wired[i], expected, len(steps), echo=True)
                for each in (2 * i, 2 * i + 1):
                    if each < len(wired):
                        forwards.append(len(steps))
                        steps.append(self._subject.steps(wired[each], prepared.expected[each], len(steps))[0])
                    else:
                        k = each - len(wired)
                        steps.append(self._subject.steps(wired[k], prepared.expected[k], forwards[k])[1])
            steps += self._subject.steps(wired[i], expected, len(steps))
        return tuple(steps)

    def examine(self, session: Session, prepared: Prepared) -> Finding:
        """Results first, then arguments, then whether the second call gives the same, also among other calls."""
        replies = session.run(*prepared.program(self.steps)).replies
        size = len(replies) // len(prepared.cases)
        for i, (case, expected) in enumerate(zip(prepared.cases, prepared.expected, strict=True)):
            finding = self._judge((i, case), expected, replies[i * size : (i + 1) * size])
            if finding is not None:
                return finding
        return self._mixed_up(prepared, replies, size) or passed()

    def _mixed_up(self, prepared: Prepared, replies: Sequence[Reply], size: int) -> Finding | None:
        """Whether a backward is wrong where other forwards stand between it and its own."""
        if len(self.functions) != 2:
            return None
        apart = [reply for i in range(len(prepared.cases)) for reply in replies[i * size + 3 : i * size + 5]]
        backwards = apart[len(prepared.cases) :]
        for i, (case, reply) in enumerate(zip(prepared.cases, backwards, strict=True)):
            before = replies[i * size + 2]
            if reply.failure is not None or differences(reply.value, before.value, self._same):
                forward, backward = self.functions
                return failed(say("mixes-calls-up", function=backward, forward=forward), (i, case))
        return None

    def _judge(self, case: tuple[int, Case], expected: dict[str, Any], replies: Sequence[Reply]) -> Finding | None:
        count = len(self.functions)
        alone, again = replies[0], replies[-count:]
        together = replies[1:3] if count == 2 else (alone,)
        named = self._subject.named(together)
        missing = without_result([(alone, self.functions[0]), *named, *self._subject.named(again)])
        if missing is not None:
            return missing
        wrong = self._subject.wrong(case[1], expected, together, self.tolerance)
        if wrong is not None:
            return skipped(say("not-right-yet", function=wrong[0]))
        names, before = expected["parameters"], case[1].args
        found = None if self.forward_elsewhere else _changed(case, names, (before, alone.echo), self.functions[0])
        if found is None and count == 2:
            if self.forward_elsewhere:
                before = alone.echo[: len(before)]  # as the forward by itself leaves them
            found = self._backward_changed(case, expected, before, *together)
        return found or self._changes_answer(case, named, again)

    def _backward_changed(
        self, case: tuple[int, Case], expected: dict[str, Any], before: Sequence[Any], forward: Reply, backward: Reply
    ) -> Finding | None:
        """Whether the backward writes into dout, into the forward's output, or into its arguments."""
        name = self.functions[1]
        if not (backward.echo and unchanged(expected["dout"], backward.echo[0])):
            return failed(say("changes-argument", function=name, **listed(["dout"])), case)
        if not (forward.echo and unchanged(forward.value, forward.echo[-1])):
            return failed(say("changes-output", function=name, forward=self.functions[0]), case)
        return _changed(case, expected["parameters"], (before, forward.echo), name)

    def _changes_answer(
        self, case: tuple[int, Case], first: Sequence[tuple[Reply, str]], again: Sequence[Reply]
    ) -> Finding | None:
        for (reply, function), other in zip(first, again, strict=True):
            if differences(other.value, reply.value, self._same):
                return failed(say("changes-answer", function=function), case)
        return None


def _changed(
    case: tuple[int, Case], names: Sequence[str], both: tuple[Sequence[Any], Sequence[Any]], function: str
) -> Finding | None:
    """Whether positional arguments are not what they were: as they were before, and after."""
    changed = [name for name, before, after in zip(names, *both, strict=False) if not unchanged(before, after)]
    return failed(say("changes-argument", function=function, **listed(changed)), case) if changed else None


def unchanged(before: Any, after: Any) -> bool:
    """Whether an argument holds the numbers that it held, in its old form.

    Generators don't count, for drawing changes them.
    """
    if type(before) is np.ndarray:
        return (
            isinstance(after, np.ndarray)
            and (before.dtype, before.shape) == (after.dtype, after.shape)
            # The bits first: nearly always they are the same.
            and (
                before.tobytes() == after.tobytes()
                or np.array_equal(before, after, equal_nan=before.dtype.kind in "fc")
            )
        )
    if isinstance(before, wire.Rng):
        return True
    if isinstance(before, Mapping):
        return (
            isinstance(after, Mapping)
            and before.keys() == after.keys()
            and all(unchanged(part, after[key]) for key, part in before.items())
        )
    if isinstance(before, (tuple, list)):
        return isinstance(after, (tuple, list)) and len(before) == len(after) and all(map(unchanged, before, after))
    return type(before) is type(after) and repr(before) == repr(after)  # by what they say: nan is not equal to itself
