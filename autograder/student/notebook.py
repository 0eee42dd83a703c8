"""``check("task")`` in a notebook: the visible checks on the functions that are defined there.

It runs in the notebook's own process, shows a table with pictures, and its value is the points that
this earns: nbgrader reads the value of a test cell as its marks.  The points are the task's, in
proportion to what was earned in its visible checks; a task that is all right has them all.  Where nbgrader
runs the notebook to give marks, and has the solutions, hidden checks count as well (:mod:`.graded`).
"""

from __future__ import annotations

import functools
import importlib
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..errors import UsageError
from ..grading.public import PublicChecks, load_public
from ..reports.check_console import check_text
from ..reports.check_html import check_fragment
from ..reports.checked import Checked
from ..reports.task_marks import heading, tasks_html, tasks_text
from ..results import Result, total
from ..sandbox.scripted import ScriptedSandbox
from ..submission import StudentSource
from .checking import check_source, checks_file
from .graded import course

__all__ = ["Marks", "NotCheckedError", "Shown", "check"]


FAULT = 3
"""How the kernel ends where the grader itself failed."""


class NotCheckedError(UsageError):
    """There is nothing to check by; a notebook shows this as one line."""

    def _render_traceback_(self) -> list[str]:
        """What IPython shows in the place of a traceback."""
        return [f"Not checked: {self}"]


class Shown:
    """A check's outcome as a notebook displays it."""

    def __init__(self, checked: Checked) -> None:
        self._checked = checked

    def __repr__(self) -> str:
        return check_text(self._checked)

    def _repr_html_(self) -> str:
        return check_fragment(self._checked)


class Marks:
    """A task's marks as a notebook displays them."""

    def __init__(self, result: Result) -> None:
        self._tasks = result.tasks

    def __repr__(self) -> str:
        return tasks_text(self._tasks, heading(self._tasks))

    def _repr_html_(self) -> str:
        return tasks_html(self._tasks, heading(self._tasks))


def check(*tasks: str, namespace: Mapping[str, Any] | None = None) -> float:
    """Run the visible checks of the tasks named, or of all, and show what they find.

    Args:
        tasks: their names.
        namespace: where the functions are; by default where this is called.

    Returns:
        The points: of each task its own, in proportion to what its visible checks earned.

    Raises:
        NotCheckedError: there is no such task, or no file of checks here or in a folder above.
    """
    functions = sys._getframe(1).f_globals if namespace is None else namespace
    try:
        public = _public()
        sandbox = ScriptedSandbox({name: thing for name, thing in functions.items() if callable(thing)})
        public.sheet(tasks)
        if (grading := course()) is not None:
            result = grading.grade(sandbox, tasks)
            _show(Marks(result))
            return _earned(result)
        checked = check_source(StudentSource("notebook", "notebook", "notebook", {}, ""), public, sandbox, tasks)
    except UsageError as error:
        raise NotCheckedError(str(error)) from None
    _show(Shown(checked))
    return _points(checked, public)


def _public() -> PublicChecks:
    path = checks_file(Path())
    return _loaded(path, path.stat().st_mtime_ns)


@functools.lru_cache(maxsize=1)
def _loaded(path: Path, _changed: int) -> PublicChecks:
    return load_public(path)


def _show(shown: Shown | Marks) -> None:
    ipython = sys.modules.get("IPython")
    if ipython is not None and ipython.get_ipython() is not None:
        importlib.import_module("IPython.display").display(shown)
    else:
        print(shown)


def _earned(result: Result) -> float:
    """The marks.

    Where the grader itself failed there are none.  An error would be no marks to nbgrader; a kernel that
    ends makes it give up this submission, say so, and record nothing.
    """
    if result.faulty:
        os._exit(FAULT)
    return result.score


def _points(checked: Checked, public: PublicChecks) -> float:
    worth = {task.name: task.points for task in public.tasks}
    return total(worth[task.name] * task.score / task.max_score for task in checked.result.tasks if task.max_score)
