"""A class in figures, gathered result by result: some hundred numbers of each are kept, not the result."""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ...results import CheckResult, Result, Verdict
from ...text import plain
from ..checked import is_open
from ..summary import grave, summarize, why

__all__ = ["CheckColumn", "Class", "Entry", "Mistake", "TaskColumn", "title_of"]

STOPPED = {
    Verdict.GRADER_FAULT: "The grader itself failed: no marks, grade again",
    Verdict.FORBIDDEN: "Did what is forbidden",
    Verdict.TIMED_OUT: "Timed out",
    Verdict.OUT_OF_MEMORY: "Ran out of memory",
    Verdict.CRASHED: "Crashed",
}
"""Verdicts that a person should look at, in this order."""

UNREADABLE = "Could not be graded"
NOTHING = "Nothing could be used, or nothing was written"
WARNED = "Graded with warnings"
REASONS = (UNREADABLE, *STOPPED.values(), NOTHING, WARNED)


@dataclass(frozen=True)
class Entry:
    """One submission's line.

    ``score`` is ``None`` where the grader failed, in the checks ``faults``; ``final`` is what counts after the
    late policy.
    """

    submission: str
    title: str
    score: float | None
    final: float | None
    max_score: float | None
    note: str
    rubric: str
    page: bool = True
    faults: tuple[str, ...] = ()


@dataclass
class CheckColumn:
    """A check over the class: its shares, one a submission."""

    task: str
    name: str
    title: str
    points: float
    hidden: bool
    shares: array[float] = field(default_factory=lambda: array("d"))
    verdicts: Counter[Verdict] = field(default_factory=Counter)


@dataclass
class TaskColumn:
    """A task over the class: its marks, one a submission, and how many attempted nothing of it."""

    name: str
    module: str
    points: float
    scores: array[float] = field(default_factory=lambda: array("d"))
    untouched: int = 0


@dataclass
class Mistake:
    """A misconception: what its students are told, the checks that named it, and whom it concerns."""

    name: str
    told: str
    checks: set[str] = field(default_factory=set)
    whom: set[str] = field(default_factory=set)


@dataclass
class _Scheme:
    """What is gathered of the results that one marking scheme gave."""

    checks: list[CheckColumn]
    tasks: list[TaskColumn]
    order: array[int] = field(default_factory=lambda: array("q"))


def title_of(result: Result) -> str:
    """Who it is, as a person reads it: the people who handed in, or the submission's own name."""
    people = [person.name for person in result.handed_in.people if person.name] if result.handed_in else []
    return plain(", ".join(people[:6]) or result.name, 120)


class Class:
    """Gathers results; in the end, what the page of the class shows.

    Submissions may come in any order: what is shown is in the order of their identifiers.  Figures are
    those of the marking scheme that most results are of; :attr:`others` were graded by another one.
    """

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.exercise: Counter[str] = Counter()
        self.mistakes: dict[str, Mistake] = {}
        self.attention: dict[str, list[tuple[str, str]]] = {reason: [] for reason in REASONS}
        self._schemes: dict[str, _Scheme] = {}

    def add(self, result: Result) -> None:
        """Take a result's figures."""
        summary = summarize(result)
        number = len(self.entries)
        self.entries.append(
            Entry(
                result.submission,
                title_of(result),
                summary.score,
                summary.final,
                result.max_score,
                plain(summary.note, 300),
                result.rubric_sha256,
                faults=summary.faults,
            )
        )
        self.exercise[result.rubric] += 1
        self._look_at(result)
        for task in result.tasks:
            for check in task.checks:
                for name in _named(check):
                    self._mistake(name, result.submission, f"{task.name}/{check.name}", check)
        if not result.faulty:
            self._count(result, number)

    def add_failed(self, submission: str, title: str, note: str) -> None:
        """A submission that has no result."""
        self.entries.append(Entry(submission, title, None, None, None, plain(note, 300), "", page=False))
        self.attention[UNREADABLE].append((submission, plain(note, 300)))

    @property
    def sorted_entries(self) -> list[Entry]:
        """All submissions by identifier."""
        return sorted(self.entries, key=lambda entry: entry.submission)

    @property
    def mistakes_by_frequency(self) -> list[Mistake]:
        """The misconceptions, the commonest first."""
        return sorted(self.mistakes.values(), key=lambda mistake: (-len(mistake.whom), mistake.name))

    @property
    def others(self) -> list[Entry]:
        """Submissions with marks that another marking scheme gave than most have."""
        main = self._main()
        return [entry for entry in self.sorted_entries if entry.score is not None and entry.rubric != main]

    @property
    def tasks(self) -> list[TaskColumn]:
        """The tasks of the marking scheme that most results are of."""
        scheme = self._schemes.get(self._main())
        return scheme.tasks if scheme else []

    @property
    def checks(self) -> list[CheckColumn]:
        """Its checks."""
        scheme = self._schemes.get(self._main())
        return scheme.checks if scheme else []

    @property
    def counted(self) -> list[Entry]:
        """The submissions that the figures are of, by identifier."""
        main = self._main()
        return [entry for entry in self.sorted_entries if entry.score is not None and entry.rubric == main]

    def shares(self) -> NDArray[np.float64]:
        """``(n, k)``: what each submission earned of each check, from 0 to 1, by identifier."""
        scheme = self._schemes.get(self._main())
        if scheme is None or not scheme.checks:
            return np.zeros((len(scheme.order) if scheme else 0, 0))
        matrix = np.column_stack([np.frombuffer(check.shares) for check in scheme.checks])
        order = sorted(range(len(scheme.order)), key=lambda row: self.entries[scheme.order[row]].submission)
        return np.asarray(matrix[order], dtype=np.float64)

    def _main(self) -> str:
        return max(self._schemes, key=lambda sha: (len(self._schemes[sha].order), sha), default="")

    def _count(self, result: Result, number: int) -> None:
        scheme = self._schemes.get(result.rubric_sha256)
        if scheme is None:
            scheme = self._schemes[result.rubric_sha256] = _Scheme(
                [
                    CheckColumn(task.name, check.name, check.title, check.max_score, check.visibility == "hidden")
                    for task in result.tasks
                    for check in task.checks
                ],
                [TaskColumn(task.name, task.module, task.max_score) for task in result.tasks],
            )
        checks = [check for task in result.tasks for check in task.checks]
        if len(checks) != len(scheme.checks) or len(result.tasks) != len(scheme.tasks):
            return  # edited by hand: no row of this class
        scheme.order.append(number)
        for column, check in zip(scheme.checks, checks, strict=True):
            column.shares.append(check.score / check.max_score if check.max_score else 0.0)
            column.verdicts[check.verdict] += 1
        for place, task in zip(scheme.tasks, result.tasks, strict=True):
            place.scores.append(task.score)
            place.untouched += all(map(is_open, task.checks))

    def _mistake(self, name: str, submission: str, where: str, check: CheckResult) -> None:
        """What is told is the shortest message: it has the least of one submission's own numbers.

        So the order of coming changes nothing, either.
        """
        told = plain(check.message, 600)
        mistake = self.mistakes.setdefault(name, Mistake(name, told))
        mistake.told = min(mistake.told, told, key=lambda words: (len(words), words))
        mistake.checks.add(where)
        mistake.whom.add(submission)

    def _look_at(self, result: Result) -> None:
        ended: dict[Verdict, list[str]] = {}
        for task in result.tasks:
            for check in task.checks:
                if check.verdict in STOPPED:
                    ended.setdefault(check.verdict, []).append(f"{task.name}/{check.name}")
        for verdict, where in ended.items():
            more = f" and {len(where) - 3} more" if len(where) > 3 else ""
            what = ", ".join(where[:3]) + more + (why(result) if verdict is Verdict.GRADER_FAULT else "")
            self.attention[STOPPED[verdict]].append((result.submission, plain(what, 300)))
        warnings = grave(result)
        if not result.score and not ended:
            self.attention[NOTHING].append((result.submission, plain("; ".join(warnings[:2]), 300)))
        elif warnings:
            more = f" and {len(warnings) - 2} more" if len(warnings) > 2 else ""
            self.attention[WARNED].append((result.submission, plain("; ".join(warnings[:2]) + more, 300)))


def _named(check: CheckResult) -> list[str]:
    """The mistakes that a check's message names: two of them, where two come together."""
    if not check.misconception:
        return []
    both = check.details.get("misconceptions")
    return [str(name) for name in both] if isinstance(both, list) and both else [check.misconception]
