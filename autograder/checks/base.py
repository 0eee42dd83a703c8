"""What a check is: data that says what to call, and a judgement of what comes back.

A check works in two halves.  :meth:`Check.prepare` draws the cases and asks the reference for what
is due: arrays, numbers and strings, so that a release can store them and a student's machine needs
no reference.  :meth:`Check.examine` runs the student's functions in a session and judges.
"""

from __future__ import annotations

import abc
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, TypeVar

import numpy as np

from ..results import Verdict
from ..sandbox.interface import Session, Steps

__all__ = ["Case", "Check", "Finding", "Prepared", "Reference"]

T = TypeVar("T")

Reference = Mapping[str, Callable[..., Any]]
"""The reference's functions by name."""


@dataclass(frozen=True)
class Case:
    """Arguments for one call: what the wire carries (arrays, numbers, strings, dicts, ``wire.Rng``).

    ``note`` says in a few words what is special here ("N = 1", "scores of ±10⁴").  It is shown to
    students for hidden checks too, so it holds no value of an input.
    """

    args: tuple[Any, ...]
    kwargs: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True)
class Prepared:
    """A check's cases and what is due in each.  ``expected[i]`` belongs to ``cases[i]``."""

    cases: tuple[Case, ...]
    expected: tuple[Any, ...] = ()
    _program: list[Any] = field(default_factory=list, init=False, repr=False, compare=False)

    def program(self, steps: Callable[[Prepared], T]) -> T:
        """What the check's ``steps`` make of its cases, made once: it is asked by, and judged by."""
        if not self._program:
            self._program.append(steps(self))
        program: T = self._program[0]
        return program


@dataclass(frozen=True)
class Finding:
    """A check's judgement.

    Attributes:
        verdict: how it ended.
        share: the part of the check's points that is earned, in [0, 1].
        message: what is wrong, in words that may be shown for a hidden check too: no input, no
            expected value, no number of the student's result.
        evidence: the sentence with the numbers (argument, worst index, both values, or the shape
            or dtype that came and the one that was due).  Shown where the check is visible.
        hint: what to do next.
        details: the numbers behind the evidence, as JSON-able data.
        timing: what was measured; never part of the message.
        elements: the arrays that are wrong, element by element, as JSON-able data (see
            :func:`autograder.checks.findings.elements`).  Kept where the check is visible.
        misconception: the name of the known mistake that explains it.
    """

    verdict: Verdict
    share: float
    message: str = ""
    evidence: str = ""
    hint: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    timing: Mapping[str, float] = field(default_factory=dict)
    elements: tuple[Mapping[str, Any], ...] = ()
    misconception: str | None = None


@dataclass(frozen=True, kw_only=True)
class Check(abc.ABC):
    """The part that all kinds share.

    Attributes:
        points: what the check is worth.
        cases: draws the cases from a seeded generator.
        visible: whether students get it (inputs and expected outputs) in the release.
        title: one plain line, read as a sentence.
        name: unique in the task; by default the kind, numbered where it occurs again.
    """

    kind: ClassVar[str]

    points: float
    cases: Callable[[np.random.Generator], Sequence[Case]]
    visible: bool = False
    title: str = ""
    name: str = ""

    @property
    @abc.abstractmethod
    def functions(self) -> tuple[str, ...]:
        """The student's functions that this check calls, the one under test last."""

    @abc.abstractmethod
    def prepare(self, reference: Reference, rng: np.random.Generator) -> Prepared:
        """Draw the cases and work out what is due."""

    def steps(self, prepared: Prepared) -> Steps:  # noqa: ARG002
        """The program that :meth:`examine` runs first, whatever comes back; nothing where it runs when it wants to."""
        return ()

    @abc.abstractmethod
    def examine(self, session: Session, prepared: Prepared) -> Finding:
        """Run the student's functions and judge.

        Raises:
            WorkerStopped, GraderFault: as the session raised them; grading turns them into verdicts.
        """
