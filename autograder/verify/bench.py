"""Where verify runs code: the sandbox that grades, with every check prepared once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ..checks.base import Check, Prepared
from ..errors import GraderFault
from ..grading import rubrics, seeds
from ..grading.examining import Examination
from ..grading.one import Grader
from ..grading.own_cases import asked_anew, settled
from ..results import Result, Verdict
from ..sandbox.interface import Limits, Session
from ..sandbox.locked import LockedSandbox
from ..submission.reading import digest
from ..submission.source import StudentSource

__all__ = ["Bench", "Setting", "bench", "close", "graded", "lost_in"]

Files = Mapping[str, bytes]


@dataclass(frozen=True)
class Setting:
    """All that a process needs to know to grade for verify.

    Attributes:
        rubric: the rubric's name, as :func:`autograder.grading.rubrics.load` takes it.
        key: what the hidden cases are drawn from.
        limits: what a worker may use.
    """

    rubric: str
    key: str
    limits: Limits = field(default_factory=Limits)


class Bench:
    """Grades by one marking scheme.  All submissions of one name meet the same cases, prepared once.

    Args:
        setting: how.
    """

    def __init__(self, setting: Setting) -> None:
        loaded = rubrics.load(setting.rubric)
        self._spec = loaded.spec
        self._rubric = loaded.rubric
        self._key = setting.key
        self._sandbox = LockedSandbox(setting.limits)
        self._grader = _KeepingGrader(loaded, setting.key, self._sandbox)
        self._checks = {(task.name, check.name): check for task in self._rubric.tasks for check in task.checks}

    def grade(self, files: Files, name: str) -> Result:
        """Grade a submission as any other.

        Raises:
            GraderFault: a check could not be judged.
        """
        result = self._grader.grade(_source(files, name))
        for task in result.tasks:
            for check in task.checks:
                if check.verdict is Verdict.GRADER_FAULT:
                    why = check.details.get("error", check.message)
                    raise GraderFault(
                        f"{task.name}/{check.name} can't be judged: {why}; "
                        f"if that comes again, correct the check in {self._spec}, or the reference"
                    )
        return result

    def lost(self, files: Files, name: str, order: Sequence[tuple[str, str]]) -> str | None:
        """The first of some checks that a submission loses a mark in, as ``task/check``; ``None`` if it loses none.

        Args:
            files: the submission's.
            name: as for :meth:`grade`.
            order: tasks' and checks' names, in the order in which they are tried.

        Raises:
            GraderFault: a check could not be judged.
        """
        seed = seeds.submission_seed(self._key, self._rubric.name, name)
        session = self._sandbox.open(_source(files, name), self._rubric.layout)
        try:
            for task, check in order:
                if self._loses(session, task, self._checks[task, check], seed):
                    return f"{task}/{check}"
        finally:
            session.close()
        return None

    def _loses(self, session: Session, task: str, check: Check, seed: str) -> bool:
        """Whether a check loses a mark, asked and settled as in grading."""

        def anew(task: str, check: Check) -> Prepared:
            return self._grader.prepared(task, check, seed)

        asked = [(task, check, lambda: anew(task, check))]
        (found,) = settled(Examination(asked_anew(asked, anew)).run(session), asked, anew, session)
        if found.finding.verdict is Verdict.GRADER_FAULT:
            raise GraderFault(str(found.finding.details.get("error", found.finding.message)))
        return found.finding.share < 1

    def close(self) -> None:
        """End the sandbox."""
        self._sandbox.close()


class _KeepingGrader(Grader):
    """Keeps what it has prepared."""

    def __init__(self, loaded: rubrics.LoadedRubric, key: str, sandbox: LockedSandbox) -> None:
        super().__init__(loaded, key, sandbox)
        self._kept: dict[tuple[str, str, str, bool], Prepared] = {}

    def prepared(self, task: str, check: Check, seed: str) -> Prepared:
        """A check's cases and what is due in them."""
        key = (seed, task, check.name, check.visible)
        if key not in self._kept:
            self._kept[key] = super().prepared(task, check, seed)
        return self._kept[key]


_benches: dict[Setting, Bench] = {}
"""This process's, kept from call to call: what they have prepared is worth keeping."""


def bench(setting: Setting) -> Bench:
    """This process's bench for a setting."""
    if setting not in _benches:
        _benches[setting] = Bench(setting)
    return _benches[setting]


def close() -> None:
    """End this process's benches; those of a pool's processes end with them."""
    while _benches:
        _benches.popitem()[1].close()


def graded(setting: Setting, files: Files, name: str) -> Result:
    """Grade a submission; this is what an executor runs."""
    return bench(setting).grade(files, name)


def lost_in(setting: Setting, files: Files, name: str, order: Sequence[tuple[str, str]]) -> str | None:
    """The first check lost; this is what an executor runs."""
    return bench(setting).lost(files, name, order)


def _source(files: Files, name: str) -> StudentSource:
    return StudentSource(name, name, "folder", files, digest("folder", files))
