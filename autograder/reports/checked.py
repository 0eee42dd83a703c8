"""A student's own check: its result, and the words that all ways of showing it share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from ..messages import CATALOGUE
from ..results import CheckResult, Result, TaskResult, Verdict

__all__ = ["WORDS", "Checked", "is_open", "is_right", "kind", "tally"]

OPEN = (Verdict.NOT_ATTEMPTED, Verdict.SKIPPED)
"""Verdicts that find fault with nothing: there is something still to be written."""

WORDS = {
    Verdict.PASSED: "right",
    Verdict.PARTIAL: "partly right",
    Verdict.FAILED: "wrong",
    Verdict.CRASHED: "crashed",
    Verdict.TIMED_OUT: "timed out",
    Verdict.OUT_OF_MEMORY: "out of memory",
    Verdict.FORBIDDEN: "forbidden",
    Verdict.GRADER_FAULT: "the checker itself failed",
    Verdict.SKIPPED: "waiting",
    Verdict.NOT_ATTEMPTED: "not attempted yet",
}


@dataclass(frozen=True)
class Checked:
    """What a student's own check yields.

    Attributes:
        result: of the visible checks alone.
        broken: what could not be loaded because of a mistake in it, in plain sentences.
        notes: what else there is to say about the files.
        debug: for checks, by task and name, the script that repeats them.
    """

    result: Result
    broken: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    debug: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @property
    def all_right(self) -> bool:
        """Whether nothing that was attempted is wrong."""
        return not self.broken and not any(self.told)

    @property
    def found(self) -> Iterator[tuple[TaskResult, CheckResult]]:
        """The checks that found something wrong, each with its task."""
        for task in self.result.tasks:
            for check in task.checks:
                if kind(check) == "found":
                    yield task, check

    @property
    def slips(self) -> Iterator[tuple[TaskResult, CheckResult]]:
        """The first check of each function that seems to be written and can't be called: see :func:`_is_slip`."""
        begun = {task.module for task in self.result.tasks if not all(map(_is_missing, task.checks))}
        told: set[str] = set()
        for task in self.result.tasks:
            for check in task.checks:
                if _is_slip(check, begun=task.module in begun) and check.message not in told:
                    told.add(check.message)
                    yield task, check

    @property
    def told(self) -> Iterator[tuple[TaskResult, CheckResult]]:
        """The checks to tell of, in the rubric's order: those that found something wrong, and slips."""
        told = {(task.name, check.name) for task, check in (*self.found, *self.slips)}
        for task in self.result.tasks:
            for check in task.checks:
                if (task.name, check.name) in told:
                    yield task, check


def _is_slip(check: CheckResult, *, begun: bool) -> bool:
    """Whether what was not attempted looks like a slip: a ``return`` forgotten, a name misspelt.

    A stub that nobody has touched neither returns nothing (it raises) nor is missing.  Where all of a module is
    missing, that is not begun, or could not be loaded, which is told as such.
    """
    if check.verdict is not Verdict.NOT_ATTEMPTED:
        return False
    return check.hint == CATALOGUE["returns-nothing"].hint or (begun and _is_missing(check))


def _is_missing(check: CheckResult) -> bool:
    return check.verdict is Verdict.NOT_ATTEMPTED and check.hint == CATALOGUE["missing"].hint


def is_right(check: CheckResult) -> bool:
    """Whether a check was passed."""
    return check.verdict is Verdict.PASSED


def is_open(check: CheckResult) -> bool:
    """Whether a check finds no fault, because something is still to be written."""
    return check.verdict in OPEN


def kind(check: CheckResult) -> Literal["right", "open", "found"]:
    """What a check's colour says: it was passed, is still to be written, or found something."""
    return "right" if is_right(check) else "open" if is_open(check) else "found"


def tally(checks: Iterable[CheckResult]) -> str:
    """How the checks ended, in words: "2 right, 1 wrong", or one word where all ended alike."""
    counts = Counter(check.verdict for check in checks)
    if not counts:
        return "no visible check"
    if len(counts) == 1:
        return WORDS[next(iter(counts))]
    return ", ".join(f"{counts[verdict]} {word}" for verdict, word in WORDS.items() if counts[verdict])
