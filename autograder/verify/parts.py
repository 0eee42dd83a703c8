"""What is verified, part by part, but for the mutants (:mod:`.killing`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..grading import seeds
from ..misconceptions import Misconception
from ..release import kits
from ..release.exercise import Exercise
from ..release.leaks import Secrets
from ..results import CheckResult, Result, Verdict
from .bench import Setting, graded
from .crew import Hands
from .outcome import Outcome
from .submitted import Files, Submissions

__all__ = [
    "NAME",
    "Subject",
    "alternatives",
    "assignment",
    "checks_of",
    "leaks",
    "misconceptions",
    "nothing",
    "reference",
    "stubs",
]

NAME = "verify"
"""The name under which all submissions are graded, so that they meet the same hidden cases."""

SEEDS = 3
"""How many times the reference is graded, each with hidden cases of its own."""


@dataclass(frozen=True)
class Subject:
    """What is verified, and with what.

    Attributes:
        exercise: the exercise.
        setting: how its checks are run.
        hands: who runs them.
        assignment: where its release is; ``None`` if it is nowhere.
        kill_rate: the part of the mutants that has to be caught, in per cent.
        by_heart: points that a table of the visible answers may earn.
    """

    exercise: Exercise
    setting: Setting
    hands: Hands
    assignment: Path | None
    kill_rate: float
    by_heart: float = 0.0

    @property
    def submissions(self) -> Submissions:
        """What the exercise's folder holds or gives."""
        return Submissions(self.exercise)

    @property
    def lacks_reference(self) -> bool:
        """Whether there is no folder of reference modules to make submissions of."""
        return not any((self.exercise.folder / "reference").glob("*.py"))


def nothing(part: str, proves: str, why: str) -> Outcome:
    """A part of which the exercise has nothing."""
    return Outcome(part=part, proves=proves, ok=None, summary=why)


def reference(subject: Subject) -> Outcome:
    """The reference gets full marks, whatever the hidden cases."""
    part, proves = "reference", "the reference gets full marks"
    if subject.lacks_reference:
        return nothing(part, proves, "there is no reference/ with modules")
    files = subject.submissions.reference()
    calls = [(subject.setting, files, NAME if not number else f"{NAME}-{number}") for number in range(SEEDS)]
    results = subject.hands.map(part, graded, calls)
    findings = [line for result in results for line in _not_full(result)]
    findings += [f"warned: {warning}" for warning in results[0].warnings]
    best = results[0]
    summary = f"{best.score:g}/{best.max_score:g} points, {_count(best)} checks, {SEEDS} seeds"
    return _outcome(part, proves, findings, summary, {"score": best.score, "checks": _count(best), "seeds": SEEDS})


def stubs(subject: Subject) -> Outcome:
    """What students begin with earns nothing and is taken for what it is."""
    part, proves = "stubs", "untouched stubs get 0, and are said to be not attempted"
    if subject.lacks_reference:
        return nothing(part, proves, "there is no reference/ with modules to make stubs of")
    (result,) = subject.hands.map(part, graded, [(subject.setting, subject.submissions.stubs(), NAME)])
    findings = [
        f"{where}: {check.verdict}, {check.score:g} points. {check.message}".rstrip()
        for where, check in checks_of(result)
        if check.verdict is not Verdict.NOT_ATTEMPTED or check.score
    ]
    findings += [f"warned: {warning}" for warning in result.warnings]
    summary = f"{result.score:g}/{result.max_score:g} points, {_count(result)} checks not attempted"
    if findings:
        summary = f"{result.score:g}/{result.max_score:g} points"
    return _outcome(part, proves, findings, summary, {"score": result.score})


def alternatives(subject: Subject) -> Outcome:
    """Right implementations, however written, lose nothing and are told nothing."""
    part, proves = "alternatives", "right-but-different implementations get full marks and no diagnosis"
    if subject.lacks_reference:
        return nothing(part, proves, "there is no reference/ with modules for alternatives to build on")
    submissions = subject.submissions.alternatives()
    if not submissions:
        return nothing(part, proves, f"the exercise has no {subject.exercise.folder.name}/alternatives/")
    calls = [(subject.setting, files, NAME) for files in submissions.values()]
    results = subject.hands.map(part, graded, calls)
    findings = []
    for name, result in zip(submissions, results, strict=True):
        findings += [f"{name}: {line}" for line in _not_full(result)]
        findings += [
            f"{name}: {where} is diagnosed as {check.misconception}"
            for where, check in checks_of(result)
            if check.misconception
        ]
    summary = f"{len(results)} implementations, {len(results) * _count(results[0])} checks"
    return _outcome(part, proves, findings, summary, {"implementations": len(results)})


def misconceptions(subject: Subject) -> Outcome:
    """Each known mistake loses the checks that it names, no others, and is named."""
    part, proves = "misconceptions", "each loses exactly the checks that it names, and is named back"
    known = subject.exercise.rubric.misconceptions
    if not known:
        return nothing(part, proves, "the rubric has no misconceptions")
    if subject.lacks_reference:
        return nothing(part, proves, "there is no reference/ with modules for misconceptions to change")
    calls = [(subject.setting, subject.submissions.misconception(its), NAME) for its in known]
    findings: list[str] = []
    lost = 0
    for its, result in zip(known, subject.hands.map(part, graded, calls), strict=True):
        losing = {where: check for where, check in checks_of(result) if check.score < check.max_score}
        lost += len(losing)
        findings += _misnamed(its, losing)
    summary = f"{len(known)} misconceptions lose {lost} checks"
    return _outcome(part, proves, findings, summary, {"misconceptions": len(known), "lost": lost})


def _misnamed(its: Misconception, losing: dict[str, CheckResult]) -> Iterator[str]:
    """What is wrong with how a misconception does."""
    name = its.name
    for where in sorted(losing.keys() - {*its.fails, *its.perhaps}):
        yield f"{name}: loses {where} ({losing[where].verdict}) as well, which it does not name"
    for where in sorted({*its.fails} - losing.keys()):
        yield f"{name}: names {where}, and does not lose it"
    told = {check.misconception for check in losing.values() if check.misconception}
    if name not in told:
        yield f"{name}: is not named back{_as(told)}"
    elif told != {name}:
        yield f"{name}: is named, but others as well{_as(told - {name})}"


def _as(told: set[str]) -> str:
    return f"; it is taken for {', '.join(sorted(told))}" if told else ""


def assignment(subject: Subject) -> Outcome:
    """The committed release is the one that would be made."""
    part, proves = "assignment", "what students get is what `release` makes"
    if subject.lacks_reference:
        return nothing(part, proves, "there is no reference/ with modules to release")
    if subject.assignment is None:
        return nothing(part, proves, "there is no assignment/ here (name it with --assignment)")
    files = kits.release(subject.exercise)
    findings = [f"{subject.assignment / line}" for line in kits.differences(files, subject.assignment)]
    if findings:
        findings.append("run `autograder release` and look at what changes")
    return _outcome(part, proves, findings, f"{len(files)} files", {"files": len(files)})


def leaks(subject: Subject) -> Outcome:
    """Nothing secret is in what students get."""
    part, proves = "leaks", "no line of a solution, hidden case or hidden expected value is in what students get"
    if subject.lacks_reference:
        return nothing(part, proves, "there is no reference/ with modules to release")
    files: Files = {}
    if subject.assignment is not None:
        files = {
            path.relative_to(subject.assignment).as_posix(): path.read_bytes()
            for path in sorted(subject.assignment.rglob("*"))
            if path.is_file() and "__pycache__" not in path.parts
        }
    files = files or kits.release(subject.exercise)
    seed = seeds.submission_seed(subject.setting.key, subject.exercise.rubric.name, NAME)
    secrets = Secrets(subject.exercise, seeds=(seed,))
    findings = [f"{leak.where}: {leak.what}" for leak in secrets.leaks(files)]
    return _outcome(part, proves, findings, f"{len(files)} files", {"files": len(files)})


def _outcome(part: str, proves: str, findings: list[str], summary: str, figures: dict[str, float]) -> Outcome:
    return Outcome(
        part=part, proves=proves, ok=not findings, summary=summary, findings=tuple(findings), figures=dict(figures)
    )


def checks_of(result: Result) -> Iterator[tuple[str, CheckResult]]:
    """A result's checks, each with its name, ``"task/check"``."""
    for task in result.tasks:
        for check in task.checks:
            yield f"{task.name}/{check.name}", check


def _count(result: Result) -> int:
    return sum(len(task.checks) for task in result.tasks)


def _not_full(result: Result) -> Iterator[str]:
    for where, check in checks_of(result):
        if check.score < check.max_score or check.verdict is not Verdict.PASSED:
            yield f"{where} {check.verdict}, {check.score:g}/{check.max_score:g}. {check.message}".rstrip()
