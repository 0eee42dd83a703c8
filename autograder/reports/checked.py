"""A student's own check: its result, and the words that all ways of showing it share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

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
        return not self.broken and not any(self.found)

    @property
    def found(self) -> Iterator[tuple[TaskResult, CheckResult]]:
        """The checks that found something wrong, each with its task."""
        for task in self.result.tasks:
            for check in task.checks:
                if kind(check) == "found":
                    yield task, check


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
