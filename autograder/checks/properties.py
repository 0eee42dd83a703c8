"""A rubric's own judgement, for results of which there is more than one right one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass, replace
from typing import Any, ClassVar

import numpy as np

from ..errors import RubricError
from ..messages import Sentence, say
from ..sandbox.interface import Session
from ..sandbox.wire import Call, Rng
from . import calls
from .base import Case, Check, Finding, Prepared, Reference
from .compare import differences, misfits
from .findings import differing, failed, passed, without_result
from .matches import due, part_label
from .tolerance import SAME

__all__ = ["Complaint", "Property"]


@dataclass(frozen=True)
class Complaint:
    """What is wrong with a result, in a rubric's own words.

    ``message`` and ``hint`` are shown for hidden checks too, so they hold no number of the case's.
    """

    message: str
    hint: str = ""


@dataclass(frozen=True)
class Property(Check):
    """Call a function and let the rubric's own ``holds`` judge what it returns; never visible.

    ``holds(case, value)`` returns ``None`` where all is well, and what is wrong elsewhere: a sentence or a
    :class:`Complaint`.  Before it is called, ``value`` has been held against what the reference returns: it
    has the same nested form, the same shapes, real numbers, and no nan or infinity among them.  A vector
    may still be ``(1, D)`` and a number an array of one element.  A case with a generator among its
    arguments is called twice, and has to give the same, unless it is one of ``once``.  A case of ``reseeded``
    is called with another generator too, and has to give something else.  What ``holds`` raises is the
    rubric's fault, and is never turned into marks.

    Attributes:
        function: the function's name.
        holds: the judgement.
        form: makes a result of the right form for a case, where the reference would take its time over it, and
            known mistakes aren't told by their numbers: without the reference's there is nothing to tell them by.
        returns: what the parts of a returned tuple are called in messages.
        once: positions of cases that are called once all the same: long ones, where others show what a second call can.
        reseeded: positions of cases whose result no two generators have in common, whatever right implementation draws.
    """

    kind: ClassVar[str] = "property"

    function: str
    _: KW_ONLY
    holds: Callable[[Case, Any], Complaint | str | None]
    returns: tuple[str, ...] | None = None
    form: Callable[[Case], Any] | None = None
    once: tuple[int, ...] = ()
    reseeded: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if self.visible:
            raise RubricError(f"{self.function}: a property can't be visible: its judgement is not data")

    @property
    def functions(self) -> tuple[str, ...]:
        """The one function."""
        return (self.function,)

    def prepare(self, reference: Reference, rng: np.random.Generator) -> Prepared:
        """Draw cases; the reference's results serve as templates, unless there is a form for them."""
        cases = tuple(self.cases(rng))
        if self.form is not None:
            return Prepared(cases, tuple({"value": self.form(case)} for case in cases))
        return Prepared(cases, tuple(due(reference, self.function, case, None) for case in cases))

    def steps(self, prepared: Prepared) -> tuple[Call, ...]:
        """The program: two calls for a case that has a generator, one for any other and for those of ``once``.

        With other generators at the end.
        """
        wired = [(calls.Wired(case), self.times(i, case)) for i, case in enumerate(prepared.cases)]
        others = [calls.Wired(reseeded(prepared.cases[i])) for i in self.reseeded]
        return (
            *(each.call(self.function) for each, times in wired for _ in range(times)),
            *(each.call(self.function) for each in others),
        )

    def times(self, position: int, case: Case) -> int:
        """How many times the function is called in the case at that position."""
        return 2 if calls.is_random(case) and position not in self.once else 1

    def examine(self, session: Session, prepared: Prepared) -> Finding:
        """Call the function in each case, look at the form of the result, and let the rubric judge."""
        replies = session.run(*prepared.program(self.steps)).replies
        missing = without_result((reply, self.function) for reply in replies)
        if missing is not None:
            return missing
        others = dict(zip(self.reseeded, replies[len(replies) - len(self.reseeded) :], strict=True))
        rest = iter(replies)
        for i, (case, expected) in enumerate(zip(prepared.cases, prepared.expected, strict=True)):
            value = next(rest).value
            found = misfits(value, expected["value"])
            if found:
                return differing(self.function, found, part_label(self.returns), (i, case))
            if self.times(i, case) == 2 and differences(next(rest).value, value, SAME):
                return failed(say("not-seeded", function=self.function), (i, case))
            with np.errstate(all="ignore"):
                complaint = self.holds(case, value)
            if complaint is not None:
                if isinstance(complaint, str):
                    complaint = Complaint(complaint)
                return failed(Sentence(complaint.message, complaint.hint), (i, case))
            if i in others and not differences(others[i].value, value, SAME):
                return failed(say("always-same", function=self.function), (i, case))
        single = all(map(calls.is_single, prepared.cases))
        return passed([reply.value for reply in replies], single=single)


def reseeded(case: Case) -> Case:
    """The same case with another generator in the place of its own."""

    def other(arg: Any) -> Any:
        return Rng(arg.seed ^ 1) if isinstance(arg, Rng) else arg

    return replace(
        case,
        args=tuple(map(other, case.args)),
        kwargs={name: other(arg) for name, arg in case.kwargs.items()},
    )
