"""``check("task")`` where nbgrader runs notebooks in its own kernel to give marks.

There the person who calls nbgrader has the solutions, and the cells are graded by the whole marking
scheme, hidden checks included, with the cases that `autograder grade` gives the same student: the same marks.
Students' code runs in the same process.  It can read and change all of this, as it can with
any test in nbgrader's kernel; grading in the sandbox is what prevents it.
"""

from __future__ import annotations

import contextlib
import functools
import io
import os
from collections.abc import Sequence
from pathlib import Path

from ..grading import rubrics, seeds
from ..grading.one import Grader
from ..results import Result
from ..sandbox.interface import Sandbox
from ..submission import StudentSource
from ..submission.names import shown
from ..submission.nbgrader import is_course

__all__ = ["KEY_FOLDER", "RUBRIC", "Course", "course"]

RUBRIC, KEY_FOLDER = "AUTOGRADER_KERNEL_RUBRIC", "AUTOGRADER_KERNEL_RESULTS"
"""Environment variables in which nbgrader's configuration says how its kernel grades."""

DEPTH = 3
"""A notebook is run in ``<course>/autograded/<student>/<assignment>``."""


class Course:
    """A course whose notebooks nbgrader runs.

    Attributes:
        student: whose notebook this is.
    """

    def __init__(self, folder: Path, student: str) -> None:
        self.student = student
        results = folder / os.environ.get(KEY_FOLDER, "")
        results.mkdir(parents=True, exist_ok=True)
        self._key = seeds.course_key(os.environ.get("AUTOGRADER_SEED"), results)

    def grade(self, sandbox: Sandbox, tasks: Sequence[str]) -> Result:
        """Grade some tasks by the whole marking scheme.

        What the functions print is dropped: nbgrader takes a line on stderr for no marks at all.
        """
        name = shown(self.student)
        grader = Grader(_rubric(), self._key, sandbox)
        with contextlib.redirect_stderr(io.StringIO()), contextlib.redirect_stdout(io.StringIO()):
            return grader.grade(StudentSource(name, name, "notebook", {}, ""), only=tasks)


def course() -> Course | None:
    """The course, where nbgrader is giving marks with its kernel and was told how; otherwise nothing."""
    if os.environ.get("NBGRADER_EXECUTION") != "autograde" or RUBRIC not in os.environ:
        return None
    here = Path.cwd()
    folder = here.parents[DEPTH - 1] if len(here.parents) >= DEPTH else here
    return Course(folder, here.parent.name) if is_course(folder) else None


@functools.lru_cache(maxsize=1)
def _rubric() -> rubrics.LoadedRubric:
    return rubrics.load(os.environ[RUBRIC])
