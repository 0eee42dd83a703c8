"""The exercise as an assignment of an nbgrader course.

``source/<assignment>/`` gets what students get, and no solution: nbgrader releases every file in it, and
a notebook that is run in its kernel can read it.  Each stub stands between nbgrader's own marks of a
solution, so that ``nbgrader generate_assignment`` leaves the stub.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..errors import RubricError, UsageError
from ..grading.store import write_whole
from ..release import kits
from ..release.exercise import Exercise
from ..release.source import BEGIN, END, STUB
from ..submission.nbgrader import CONFIG
from ..text import plain

__all__ = ["assignment_name", "course", "write"]

WRITTEN = ".autograder-release.json"
"""Digests of what was written, so that what a person has changed since is not lost."""

NAME = re.compile(r"[A-Za-z0-9_-]+")
STUB_LINE = re.compile(rf"^( *){re.escape(STUB)}$", re.MULTILINE)

CONFIGURATION = '''\
"""nbgrader's configuration of this course; yours to change.  `autograder release --nbgrader` leaves it alone."""

from pathlib import Path

import autograder.nbgrader

c = get_config()  # noqa: F821
c.CourseDirectory.course_id = {course!r}
c.CourseDirectory.root = str(Path(__file__).resolve().parent)

# Students' code runs in the sandbox, and no kernel is started.  With sandbox=False nbgrader runs the notebooks
# in its own kernel, as you: they can then read and write what you can.
autograder.nbgrader.configure(c, rubric={rubric!r})

# Files that students write themselves and hand in beside the notebook: without this nbgrader overwrites them
# with those of source/.  In this exercise all that students write is in the notebook.
c.Autograde.exclude_overwriting = {{{assignment!r}: []}}

# What handing in late costs is decided by nbgrader's own plugin.  "zero" takes all marks, "none" takes none;
# for anything in between write a plugin (see docs/nbgrader.md) and name it as AssignLatePenalties.plugin_class.
c.LateSubmissionPlugin.penalty_method = "none"
'''


def assignment_name(exercise: Exercise, name: str | None = None) -> str:
    """The assignment's name: the one given, or the exercise's own.

    Raises:
        UsageError: nbgrader can't have an assignment of that name.
    """
    name = exercise.rubric.name if name is None else name
    if not NAME.fullmatch(name):
        raise UsageError(f"{plain(name)}: not a name for nbgrader; use letters, digits, - and _ with --assignment")
    return name


def course(exercise: Exercise, assignment: str) -> dict[str, bytes]:
    """The course's files by relative path: its configuration and one source assignment.

    Raises:
        RubricError: a mistake in the exercise's folder, or it has no notebook.
        UsageError: nbformat is missing.
    """
    if exercise.story is None:
        raise RubricError(f"{exercise.folder}: it has no notebook/story.md, and nbgrader grades notebooks alone")
    configuration = CONFIGURATION.format(course=assignment, assignment=assignment, rubric=_spec(exercise))
    files = {CONFIG: configuration.encode()}
    for path, data in kits.release(exercise).items():
        kit, _, name = path.partition("/")
        if kit == "notebook":
            files[f"source/{assignment}/{name}"] = _source(data) if name == kits.NOTEBOOK else data
    return files


def write(files: Mapping[str, bytes], folder: Path) -> tuple[str, ...]:
    """Write a course's files; return those that were left alone because they are the instructor's own.

    Raises:
        UsageError: a file can't be written, or was changed by hand since it was written here.
    """
    before = _written(folder)
    kept = []
    due: dict[str, bytes] = {}
    for path, data in files.items():
        found = _read(folder / path)
        if path == CONFIG and found is not None and found != data:
            kept.append(path)
            continue
        if found is not None and found != data and before.get(path) != _digest(found):
            raise UsageError(
                f"{folder / path}: not what was written here last; move it away, release again, and merge the two"
            )
        due[path] = data
    kits.write(due, folder)
    digests = {**before, **{path: _digest(data) for path, data in due.items()}}
    write_whole(folder / WRITTEN, json.dumps(digests, indent=1, sort_keys=True).encode() + b"\n")
    return tuple(kept)


def _spec(exercise: Exercise) -> str:
    """The rubric's name as it is found from any folder."""
    spec = exercise.loaded.spec
    return str(Path(spec).resolve()) if spec.endswith(".py") else spec


def _source(notebook: bytes) -> bytes:
    """The notebook with nbgrader's marks round each stub."""
    content: dict[str, Any] = json.loads(notebook)
    for cell in content["cells"]:
        about = cell["metadata"].get("nbgrader", {})
        if about.get("solution") and cell["cell_type"] == "code":
            text, count = STUB_LINE.subn(rf"\1{BEGIN}\n\1{STUB}\n\1{END}", "".join(cell["source"]))
            if not count:
                raise RubricError(f"{about['grade_id']}: its stub has no line {STUB!r} for nbgrader to leave")
            cell["source"] = text.splitlines(keepends=True)
    return json.dumps(content, indent=1, ensure_ascii=False).encode() + b"\n"


def _written(folder: Path) -> dict[str, str]:
    data = _read(folder / WRITTEN)
    try:
        found = json.loads(data) if data else {}
    except ValueError:
        found = {}
    return found if isinstance(found, dict) else {}


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
