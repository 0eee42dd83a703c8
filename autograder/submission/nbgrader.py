"""nbgrader's folder of submissions: ``submitted/<student>/<assignment>/<notebook>.ipynb``.

A submission is the notebook, under the student's name, so that `autograder grade` on the folder and
nbgrader on the notebook grade the same thing with the same seed.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path

from ..errors import SubmissionError, UsageError
from ..lateness import moment
from ..results import HandedIn, Person
from . import names, reading
from .submitted import Submitted

__all__ = ["CONFIG", "TIMESTAMP", "class_of", "is_course", "one", "submitted_folder"]

CONFIG = "nbgrader_config.py"
SUBMITTED = "submitted"
TIMESTAMP = "timestamp.txt"

MAX_TIMESTAMP = 200
PLAIN_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.\d+)?(?: ?(?:UTC|([+-]\d\d):?(\d\d)))?")


def submitted_folder(folder: Path) -> Path | None:
    """The folder of a course's submissions, where ``folder`` is that, or the course's; otherwise nothing."""
    if is_course(folder) and (folder / SUBMITTED).is_dir():
        return folder / SUBMITTED
    return folder if is_course(folder.parent) and folder.name == SUBMITTED else None


def is_course(folder: Path) -> bool:
    """Whether a folder is that of an nbgrader course."""
    return (folder / CONFIG).is_file()


def class_of(folder: Path, assignment: str | None, passed_over: list[str]) -> list[Submitted]:
    """The submissions of one assignment, by student.

    Args:
        folder: the folder of submissions.
        assignment: which one; it may be missing where there is only one.
        passed_over: told what is no submission.

    Raises:
        SubmissionError: there are none, or those of several assignments and none was named.
    """
    students = list(_folders(folder, passed_over))
    handed_in = [(student, work) for student in students for work in _folders(student, passed_over) if _notebooks(work)]
    found = sorted({work.name for _, work in handed_in})
    if assignment is None and len(found) > 1:
        shown = ", ".join(map(names.shown, found))
        raise SubmissionError(
            f"{names.shown(str(folder))}: there are several assignments; name one of {shown} with --assignment"
        )
    chosen = [(student, work) for student, work in handed_in if work.name == (assignment or work.name)]
    if not chosen:
        raise SubmissionError(
            f"{names.shown(str(folder))}: nobody handed in {names.shown(assignment or 'a notebook')}; "
            "collect first (nbgrader zip_collect, nbgrader collect)"
        )
    without = set(students) - {student for student, _ in chosen}
    passed_over += (f"{names.shown(student.name)}: no notebook of this assignment" for student in sorted(without))
    submissions = []
    for student, work in chosen:
        notebooks = _notebooks(work)
        passed_over += (
            f"{names.shown(student.name)}: {names.shown(other)}: a second notebook" for other in notebooks[1:]
        )
        submissions.append(one(student.name, work / notebooks[0]))
    return submissions


def one(student: str, notebook: Path) -> Submitted:
    """A student's notebook."""
    path = notebook.parent.resolve() / notebook.name
    return Submitted(
        names.identifier(student), names.shown(student), path, "notebook", handed_in=_handed_in(student, path.parent)
    )


def _handed_in(student: str, folder: Path) -> HandedIn:
    return HandedIn(system="nbgrader", people=(Person(id=names.shown(student)),), time=_time(folder))


def _time(folder: Path) -> str:
    """When it was handed in, as nbgrader wrote it down: without a zone it is UTC; nothing where it is no time."""
    with contextlib.suppress(UsageError):  # the file may be the student's
        for data in reading.read_file(folder / TIMESTAMP)[0].values():
            if match := PLAIN_TIME.fullmatch(data[:MAX_TIMESTAMP].decode("ascii", "replace").strip()):
                time = f"{match[1]}T{match[2]}{match[3] or '+00'}:{match[4] or '00'}"
                moment(time)
                return time
    return ""


def _folders(folder: Path, passed_over: list[str]) -> Iterator[Path]:
    for entry in reading.entries(folder):
        if reading.is_link(entry):
            passed_over.append(f"{names.shown(entry.name)}: a link")
        elif entry.is_dir() and not reading.is_junk(entry.name):
            yield Path(entry.path)


def _notebooks(folder: Path) -> list[str]:
    return [
        entry.name
        for entry in reading.entries(folder)
        if entry.name.lower().endswith(".ipynb")
        and not reading.is_junk(entry.name)
        and not reading.is_link(entry)
        and entry.is_file()
    ]
