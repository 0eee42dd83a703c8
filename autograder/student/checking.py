"""A student's work against the visible checks that lie beside it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..errors import UsageError
from ..grading.one import Sheet, grade
from ..grading.public import FILE, PublicChecks
from ..reports.checked import Checked
from ..sandbox import wire
from ..sandbox.interface import Sandbox, Session
from ..submission import StudentSource
from ..submission.source import Layout

__all__ = ["check_source", "checks_file"]

BROKEN = ("syntax", "error")
NOTED = ("missing", "odd")


def checks_file(start: Path) -> Path:
    """The file of visible checks in a folder, or in the nearest folder above it.

    Raises:
        UsageError: there is none.
    """
    folder = start.resolve()
    for candidate in (folder, *folder.parents):
        if (candidate / FILE).is_file():
            return candidate / FILE
    raise UsageError(
        f"{start}: no {FILE} here or in a folder above; it comes with the exercise: "
        "go to the exercise's folder, or name the file with --checks"
    )


def check_source(source: StudentSource, public: PublicChecks, sandbox: Sandbox, only: Collection[str] = ()) -> Checked:
    """Run the visible checks of all tasks, or of those named.

    Raises:
        UsageError: there is no task of such a name.
        GraderFault: the submission could not be opened, for a reason of our own.
    """
    sheet = public.sheet(only)
    kept = _Kept(sandbox)
    result = grade(source, sheet, kept)
    problems = list(_relevant(kept.problems, sheet))
    return Checked(
        result,
        broken=tuple(map(_sentence, (problem for problem in problems if problem.kind in BROKEN))),
        notes=(*source.warnings, *map(_sentence, (problem for problem in problems if problem.kind in NOTED))),
    )


@dataclass
class _Kept:
    """A sandbox that remembers what could not be loaded."""

    sandbox: Sandbox
    problems: tuple[wire.Problem, ...] = ()

    @property
    def locks(self) -> tuple[str, ...]:
        return self.sandbox.locks

    def open(self, source: StudentSource, layout: Layout, *, meanwhile: Callable[[], None] | None = None) -> Session:
        session = self.sandbox.open(source, layout, meanwhile=meanwhile)
        self.problems = session.loaded.problems
        return session

    def close(self) -> None:
        self.sandbox.close()


def _relevant(problems: Collection[wire.Problem], sheet: Sheet) -> Iterator[wire.Problem]:
    """All but those of modules that no task of the sheet is in."""
    others = set(sheet.layout.functions.values()) - {task.module for task in sheet.tasks}
    return (problem for problem in problems if problem.module not in others)


def _sentence(problem: wire.Problem) -> str:
    where = f"{problem.module}, line {problem.line}" if problem.line else problem.module
    return f"{where}: {problem.message}" if where else problem.message
