"""One submission to one result."""

from __future__ import annotations

import copy
import functools
import math
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ..checks.base import Check, Finding, Prepared
from ..checks.diagnosis import DIAGNOSED
from ..results import CheckResult, Result, Source, TaskResult, Verdict, total
from ..rubric import Rubric
from ..sandbox import wire
from ..sandbox.interface import Sandbox
from ..submission.source import Layout, StudentSource
from . import seeds
from .building import pointed
from .diagnosing import FromRubric, Library, diagnosed
from .examining import FAULT, Examination, Examined, again
from .own_cases import Anew, asked_anew, settled
from .rubrics import LoadedRubric

__all__ = ["Assigned", "Grader", "Sheet", "grade", "ungraded", "visible"]


@dataclass(frozen=True)
class Assigned:
    """A task's checks, each with what prepares it; where that fails, it is this check's fault alone.

    ``needs`` are the tasks that it builds on.
    """

    name: str
    module: str
    checks: tuple[tuple[Check, Callable[[], Prepared]], ...]
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """What one submission is graded by, wherever its cases come from.

    Attributes:
        rubric: the exercise's name.
        rubric_sha256: of what the sheet was made from.
        seed: the seed of its cases.
        layout: which function is expected in which module.
        tasks: in the order in which results show them.
        library: the known mistakes, by which what is wrong is named.
        anew: draws a visible check's cases afresh, for this submission; nothing where there is no reference.
    """

    rubric: str
    rubric_sha256: str
    seed: str
    layout: Layout
    tasks: tuple[Assigned, ...]
    library: Library | None = None
    anew: Anew | None = None


class Grader:
    """Grades submissions by one rubric in one sandbox.

    Args:
        loaded: the marking scheme.
        key: the course's key, from which each submission's hidden cases are drawn.
        sandbox: where students' code runs.
        only_visible: leave the hidden checks out (a student's own check).
    """

    def __init__(self, loaded: LoadedRubric, key: str, sandbox: Sandbox, *, only_visible: bool = False) -> None:
        self._loaded = loaded
        self._key = key
        self._sandbox = sandbox
        self._only_visible = only_visible
        self._visible: dict[tuple[str, str], Prepared] = {}
        self._library = FromRubric(loaded.rubric)

    def grade(self, source: StudentSource, seed: str | None = None, only: Collection[str] = ()) -> Result:
        """Grade a submission by its own sheet; see :func:`grade`.

        Args:
            source: what was handed in.
            seed: its seed, where that is known and the course's key is not.
            only: these tasks; all if there are none.
        """
        seed = seed or seeds.submission_seed(self._key, self._loaded.rubric.name, source.name)
        return grade(source, self._sheet(seed, only), self._sandbox)

    def hurried(self, patience: float) -> Grader:
        """The same grader, which raises ``PutOff`` where a submission takes longer than that for one thing.

        Everything that it has worked out is shared.  Without the locks' sandbox it is this one itself.
        """
        hurried = getattr(self._sandbox, "hurried", None)  # asked so, a student's machine needs no locks to know
        if hurried is None:
            return self
        other = copy.copy(self)
        other._sandbox = hurried(patience)
        return other

    def _sheet(self, seed: str, only: Collection[str]) -> Sheet:
        rubric = self._loaded.rubric
        tasks = tuple(
            Assigned(
                task.name,
                task.module,
                tuple(
                    (check, functools.partial(self.prepared, task.name, check, seed))
                    for check in task.checks
                    if check.visible or not self._only_visible
                ),
                task.needs,
            )
            for task in rubric.tasks
            if not only or task.name in only
        )
        anew = None if self._only_visible else lambda task, check: self.prepared(task, check, seed)
        return Sheet(rubric.name, self._loaded.sha256, seed, rubric.layout, tasks, self._library, anew)

    def prepared(self, task: str, check: Check, seed: str) -> Prepared:
        """A check's cases and what is due in them.

        A hidden check's cases are the submission's own; the visible ones are worked out once.
        """
        if not check.visible:
            return check.prepare(self._loaded.rubric.reference, seeds.generator(seed, task, check.name))
        if (task, check.name) not in self._visible:
            self._visible[task, check.name] = visible(self._loaded.rubric, task, check)
        return self._visible[task, check.name]


def visible(rubric: Rubric, task: str, check: Check) -> Prepared:
    """A visible check's cases and what is due in them: the same for every submission and every release."""
    return check.prepare(rubric.reference, seeds.generator(seeds.public_seed(rubric.name), task, check.name))


def grade(source: StudentSource, sheet: Sheet, sandbox: Sandbox) -> Result:
    """Run every check and add up; see :class:`autograder.grading.examining.Examination`.

    Raises:
        SandboxUnavailable: a lock can't be applied.
        GraderFault: the submission could not be opened at all, for a reason of our own.
        PutOff: in a sandbox that is in a hurry.
    """
    started = time.perf_counter()
    timing: dict[str, float] = {}
    asked = [(task.name, *check) for task in sheet.tasks for check in task.checks]
    examination = Examination(asked if sheet.anew is None else asked_anew(asked, sheet.anew))
    session = again(lambda: sandbox.open(source, sheet.layout, meanwhile=examination.begin))
    try:
        examined = examination.run(session)
        if sheet.anew is not None:
            examined = settled(examined, asked, sheet.anew, session)
        loaded = session.loaded
    finally:
        session.close()
    for each in examined:
        for what, value in each.finding.timing.items():
            if math.isfinite(value):
                timing[f"{each.where}/{what}"] = value
    needs = {task.name: task.needs for task in sheet.tasks}
    findings = iter(pointed(examined, _diagnosed(examined, sheet.library), needs))
    tasks = tuple(_task(task, sheet.layout, findings) for task in sheet.tasks)
    timing["total"] = time.perf_counter() - started
    return Result(
        submission=source.identifier,
        name=source.name,
        source_sha256=source.sha256,
        rubric=sheet.rubric,
        rubric_sha256=sheet.rubric_sha256,
        seed=sheet.seed,
        score=total(task.score for task in tasks),
        max_score=total(task.max_score for task in tasks),
        tasks=tasks,
        warnings=(*source.warnings, *map(_sentence, loaded.problems)),
        sandbox=sandbox.locks,
        timing=timing,
        code={name: Source(file=one.file, line=one.line, text=one.text) for name, one in loaded.sources.items()},
    )


def ungraded(submission: str, name: str, loaded: LoadedRubric, why: str) -> Result:
    """What is kept of a submission that could not be graded: no marks, and no zero either.

    Args:
        submission: its identifier.
        name: its name.
        loaded: the marking scheme.
        why: in one line.
    """
    fault = Finding(Verdict.GRADER_FAULT, 0.0, FAULT, details={"error": why})
    tasks = tuple(
        TaskResult.of(task.name, task.module, tuple(_result(check, fault) for check in task.checks))
        for task in loaded.rubric.tasks
    )
    return Result(
        submission=submission,
        name=name,
        source_sha256="",
        rubric=loaded.rubric.name,
        rubric_sha256=loaded.sha256,
        seed="",
        score=0.0,
        max_score=total(task.max_score for task in tasks),
        tasks=tasks,
        warnings=(why,),
    )


def _task(task: Assigned, layout: Layout, findings: Iterator[Finding]) -> TaskResult:
    results = tuple(_result(check, finding) for (check, _), finding in zip(task.checks, findings, strict=False))
    called = dict.fromkeys(function for check, _ in task.checks for function in check.functions)
    own = tuple(function for function in called if layout.functions.get(function) == task.module)
    return TaskResult.of(task.name, task.module, results, own)


def _diagnosed(examined: Sequence[Examined], library: Library | None) -> Sequence[Finding]:
    """The findings with their reasons; feedback that can't be had costs nobody a mark."""
    findings = [each.finding for each in examined]
    if library is None or all(finding.verdict not in DIAGNOSED for finding in findings):
        return findings
    try:
        return diagnosed(examined, library)
    except Exception as error:  # the marks stand; that nothing was named is for the instructor to know
        first = next(i for i, finding in enumerate(findings) if finding.verdict in DIAGNOSED)
        what = f"{type(error).__name__}: {error}"[:500]
        findings[first] = replace(findings[first], details={**findings[first].details, "undiagnosed": what})
        return findings


def _result(check: Check, finding: Finding) -> CheckResult:
    visibility: Literal["visible", "hidden"] = "visible" if check.visible else "hidden"
    message = f"{finding.message} {finding.evidence}".strip() if check.visible else finding.message
    details = dict(finding.details)
    if check.visible and finding.elements:
        details["elements"] = [dict(each) for each in finding.elements]
    return CheckResult(
        name=check.name,
        title=check.title,
        verdict=finding.verdict,
        score=round(check.points * finding.share, 9),
        max_score=check.points,
        visibility=visibility,
        message=message,
        hint=finding.hint,
        misconception=finding.misconception,
        details=details,
    )


def _sentence(problem: wire.Problem) -> str:
    where = f"{problem.module}, line {problem.line}" if problem.line else problem.module
    return f"{where}: {problem.message}" if where else problem.message
