"""The visible checks as a release has them: read from data, run without a reference.

:mod:`autograder.release.public` writes the file; a student's own check, the notebook's and the tests
that come with the release read it here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from ..checks import Check, Prepared
from ..checks.diagnosis import Pairs, Prints, Terms
from ..checks.parts import print_from_data
from ..checks.portable import check_from_data
from ..checks.variants import Known
from ..errors import UsageError
from ..submission.source import Layout
from . import seeds
from .diagnosing import AmongPairs
from .one import Assigned, Sheet

__all__ = [
    "FILE",
    "MISTAKES",
    "PAIRS",
    "SCHEMA",
    "TERMS",
    "PublicChecks",
    "PublicTask",
    "Recorded",
    "Written",
    "WrittenMistake",
    "WrittenTask",
    "load_public",
]

FILE = "public_checks.json"
"""The file's name in a release."""

SCHEMA = 1

MISTAKES = "mistakes"
"""What known mistakes return in a check: a key beside the check's own fields."""

PAIRS = "pairs"
"""What the variants with two mistakes return in it, by one name and the other: likewise."""

TERMS = "terms"
"""The terms of what is due: likewise."""


class WrittenTask(msgspec.Struct, frozen=True):
    """A task as the file has it: a check's own fields, ``cases`` and ``expected`` side by side."""

    name: str
    module: str
    points: float
    needs: tuple[str, ...]
    checks: tuple[dict[str, Any], ...]


class WrittenMistake(msgspec.Struct, frozen=True):
    """A known mistake as the file has it: what is told of it, not what it is."""

    name: str
    sentence: str
    function: str
    fails: tuple[str, ...]


class Written(msgspec.Struct, frozen=True):
    """The file's content."""

    schema: int
    exercise: str
    package: str
    functions: dict[str, str]
    tasks: tuple[WrittenTask, ...]
    given: tuple[str, ...] = ()
    mistakes: tuple[WrittenMistake, ...] = ()


@dataclass(frozen=True)
class Recorded:
    """The known mistakes as a release has them: a few numbers of what each returns in each visible check.

    Attributes:
        known: by name.
        returns: what each returns, by ``"task/check"``.
        together: what the variants with two mistakes return, likewise.
        sums: the terms of what is due, likewise.
    """

    known: Mapping[str, Known]
    returns: Mapping[str, Prints]
    together: Mapping[str, Pairs]
    sums: Mapping[str, Terms]

    def terms(self, task: str, check: Check, prepared: Prepared) -> Terms:  # noqa: ARG002
        """See :class:`autograder.grading.diagnosing.Library`."""
        return self.sums.get(f"{task}/{check.name}", ())

    def prints(self, task: str, check: Check, prepared: Prepared, among: Callable[[str], bool]) -> Prints:  # noqa: ARG002
        """See :class:`autograder.grading.diagnosing.Library`."""
        return self.returns.get(f"{task}/{check.name}", {})

    def pairs(self, task: str, check: Check, prepared: Prepared, singles: Prints, among: AmongPairs) -> Pairs:  # noqa: ARG002
        """See :class:`autograder.grading.diagnosing.Library`."""
        return self.together.get(f"{task}/{check.name}", {})


@dataclass(frozen=True)
class PublicTask:
    """A task's visible checks, each with its cases and what is due in them.

    Attributes:
        name: the task's.
        module: the students' module that its functions belong to.
        points: what the whole task is worth, its hidden checks included.
        needs: tasks that this one builds on.
        checks: in the rubric's order.
    """

    name: str
    module: str
    points: float
    needs: tuple[str, ...]
    checks: tuple[tuple[Check, Prepared], ...]


@dataclass(frozen=True)
class PublicChecks:
    """An exercise's visible checks.

    Attributes:
        exercise: its name.
        layout: which function is expected in which module of which package.
        tasks: all of the exercise's, those without visible checks included.
        sha256: the file's.
        mistakes: the known ones.
    """

    exercise: str
    layout: Layout
    tasks: tuple[PublicTask, ...]
    sha256: str
    mistakes: Recorded = Recorded({}, {}, {}, {})

    def sheet(self, only: Collection[str] = ()) -> Sheet:
        """What :func:`autograder.grading.one.grade` grades by: all tasks, or those named.

        Raises:
            UsageError: there is no task of such a name.
        """
        known = [task.name for task in self.tasks]
        for name in only:
            if name not in known:
                raise UsageError(f"{name}: there is no such task; there are {', '.join(known)}")
        tasks = tuple(
            Assigned(
                task.name, task.module, tuple((check, _ready(prepared)) for check, prepared in task.checks), task.needs
            )
            for task in self.tasks
            if not only or task.name in only
        )
        return Sheet(self.exercise, self.sha256, seeds.public_seed(self.exercise), self.layout, tasks, self.mistakes)


def load_public(path: Path) -> PublicChecks:
    """Read the file that a release has its visible checks in.

    Raises:
        UsageError: it is not there, or not such a file.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: can't be read ({error.strerror}); it comes with the exercise") from None
    try:
        written = msgspec.json.decode(data, type=Written)
        if written.schema != SCHEMA:
            raise ValueError(f"its schema is {written.schema}, and this version of autograder reads {SCHEMA}")
        tasks = tuple(map(_task, written.tasks))
        mistakes = _mistakes(written)
    except (
        msgspec.MsgspecError,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        ArithmeticError,
        RecursionError,
    ) as error:
        what = f"{type(error).__name__}: {error}"[:200]
        raise UsageError(f"{path}: not the checks of an exercise ({what}); unpack the exercise again") from None
    layout = Layout(written.package, written.functions, written.given)
    return PublicChecks(written.exercise, layout, tasks, hashlib.sha256(data).hexdigest(), mistakes)


def _task(task: WrittenTask) -> PublicTask:
    checks = tuple(
        check_from_data({k: v for k, v in check.items() if k not in (MISTAKES, PAIRS, TERMS)}) for check in task.checks
    )
    return PublicTask(task.name, task.module, task.points, task.needs, checks)


def _mistakes(written: Written) -> Recorded:
    known = {each.name: Known(each.name, each.sentence, each.function, each.fails) for each in written.mistakes}

    def by_check(key: str) -> Iterator[tuple[str, Any]]:
        for task in written.tasks:
            yield from ((f"{task.name}/{check['name']}", check[key]) for check in task.checks if key in check)

    def prints(data: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(map(print_from_data, data))

    returns = {where: {name: prints(its[name]) for name in known if name in its} for where, its in by_check(MISTAKES)}
    together = {
        where: {(one, other): prints(both) for one, its in pairs.items() for other, both in its.items()}
        for where, pairs in by_check(PAIRS)
    }
    sums = {
        where: [{name: print_from_data(its) for name, its in part.items()} for part in terms]
        for where, terms in by_check(TERMS)
    }
    return Recorded(known, returns, together, sums)


def _ready(prepared: Prepared) -> Any:
    return lambda: prepared
