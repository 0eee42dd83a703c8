"""Where verify runs code: the sandbox that grades, with every check prepared once."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ..checks.base import Check, Prepared
from ..errors import GraderFault, WorkerStopped
from ..grading import rubrics, seeds
from ..grading.one import Assigned, Sheet, grade, visible
from ..results import Result
from ..sandbox.interface import Limits, Session
from ..sandbox.locked import LockedSandbox
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
        self._loaded = rubrics.load(setting.rubric)
        self._key = setting.key
        self._sandbox = LockedSandbox(setting.limits)
        self._checks = {(task.name, check.name): check for task in self._loaded.rubric.tasks for check in task.checks}
        self._prepared: dict[tuple[str, str, str], Prepared] = {}

    def grade(self, files: Files, name: str) -> Result:
        """Grade a submission as any other.

        Raises:
            GraderFault: a check could not be judged.
        """
        rubric = self._loaded.rubric
        seed = seeds.submission_seed(self._key, rubric.name, name)
        tasks = tuple(
            Assigned(
                task.name,
                task.module,
                tuple((check, functools.partial(self._prepare, seed, task.name, check)) for check in task.checks),
            )
            for task in rubric.tasks
        )
        sheet = Sheet(rubric.name, self._loaded.sha256, seed, rubric.layout, tasks)
        result = grade(_source(files, name), sheet, self._sandbox)
        for task in result.tasks:
            for check in task.checks:
                if "error" in check.details and result.faulty:
                    raise GraderFault(f"{task.name}/{check.name} can't be judged: {check.details['error']}")
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
        rubric = self._loaded.rubric
        seed = seeds.submission_seed(self._key, rubric.name, name)
        session = self._sandbox.open(_source(files, name), rubric.layout)
        try:
            for task, check in order:
                its = self._checks[task, check]
                if self._loses(session, its, self._prepare(seed, task, its)):
                    return f"{task}/{check}"
        finally:
            session.close()
        return None

    def _loses(self, session: Session, check: Check, prepared: Prepared) -> bool:
        for attempt in range(2):
            try:
                return check.examine(session, prepared).share < 1
            except WorkerStopped:
                return True
            except GraderFault:
                if attempt:
                    raise
        raise AssertionError("unreachable")

    def _prepare(self, seed: str, task: str, check: Check) -> Prepared:
        key = ("" if check.visible else seed, task, check.name)
        if key not in self._prepared:
            rubric = self._loaded.rubric
            self._prepared[key] = (
                visible(rubric, task, check)
                if check.visible
                else check.prepare(rubric.reference, seeds.generator(seed, task, check.name))
            )
        return self._prepared[key]

    def close(self) -> None:
        """End the sandbox."""
        self._sandbox.close()


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
    digest = hashlib.sha256()
    for path, data in sorted(files.items()):
        digest.update(path.encode() + b"\0" + hashlib.sha256(data).digest())
    return StudentSource(name, name, "folder", files, digest.hexdigest())
