"""Results into a course's gradebook, through nbgrader's own interface.

Written are automatic scores and comments.  What a person gave, marks and comments, stays; as with
nbgrader's own autograder such a cell is marked to be looked at again.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..errors import UsageError
from ..results import Result
from ..rubric import Rubric
from ..submission.nbgrader import CONFIG, is_course
from ..text import plain
from .marks import comments, is_of, marked
from .released import Released, released_cells

__all__ = ["Recorded", "gradebook_file", "open_course", "record"]

CLOSE = 1e-9

NOTHING_YET = "no assignment in its gradebook has the exercise's tests; run nbgrader generate_assignment"


@dataclass
class Recorded:
    """What became of a class.

    Attributes:
        students: whose marks are in the gradebook now.
        changed: a line for each student whose marks in it were others, or none.
        kept: a line for each mark that a person gave and that stays.
        without_page: students whom the formgrader can't show before ``nbgrader autograde`` has run.
        unplaced: results of nobody whom the course knows.
    """

    students: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    without_page: list[str] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)


def open_course(folder: Path) -> Any:
    """Nbgrader's view of a course's folder: its ``NbGrader`` application with the configuration loaded.

    Raises:
        UsageError: it is no course, nbgrader is missing, or the configuration can't be read.
    """
    if not is_course(folder):
        raise UsageError(
            f"{folder}: no {CONFIG} in it; give the course's folder (autograder release --nbgrader makes one)"
        )
    try:
        from nbgrader.apps import NbGrader
        from nbgrader.coursedir import CourseDirectory
        from traitlets.config.loader import PyFileConfigLoader
    except ImportError:
        raise UsageError("nbgrader is needed here; install it (pip install 'numerical-autograder[nbgrader]')") from None
    try:
        config = PyFileConfigLoader(CONFIG, path=str(folder)).load_config()
    except Exception as error:  # it is a program, and may raise what it likes
        raise UsageError(f"{folder / CONFIG}: can't be read ({type(error).__name__}: {error})") from None
    if "root" not in config.CourseDirectory:
        config.CourseDirectory.root = str(folder.resolve())
    app = NbGrader(config=config)
    app.coursedir = CourseDirectory(parent=app)
    return app


def gradebook_file(course: Any) -> Path | None:
    """The file that a gradebook is; nothing where it is a server's.  nbgrader makes it when it is first opened."""
    scheme, _, path = course.db_url.partition(":///")
    return Path(course.root) / path if scheme.startswith("sqlite") and path else None


def record(folder: Path, results: Iterable[Result], rubric: Rubric, assignment: str | None = None) -> Recorded:
    """Write results into a gradebook.

    Args:
        folder: the course's.
        results: of `autograder grade` on the course's submissions.
        rubric: their marking scheme.
        assignment: which of the course's; it may be missing where only one has the exercise's tests.

    Raises:
        UsageError: there is no such assignment in the gradebook, or it doesn't fit the marking scheme.
    """
    app = open_course(folder)
    file = gradebook_file(app.coursedir)
    if file is not None and not file.exists():
        raise UsageError(f"{folder}: {NOTHING_YET}")
    from nbgrader.api import Gradebook

    recorded = Recorded()
    here = Path.cwd()
    os.chdir(app.coursedir.root)  # the gradebook's address may be relative to it
    try:
        with Gradebook(app.coursedir.db_url, app.coursedir.course_id) as gradebook:
            where, released = _find(gradebook, app.coursedir, rubric, assignment, folder)
            for result in results:
                _Writer(app, gradebook, where, released, recorded).write(result, rubric)
    finally:
        os.chdir(here)
    return recorded


Where = tuple[str, str]
"""A notebook and its assignment."""


def _find(
    gradebook: Any, course: Any, rubric: Rubric, assignment: str | None, folder: Path
) -> tuple[Where, tuple[Released, ...]]:
    known = [each.name for each in gradebook.assignments]
    if assignment is not None and assignment not in known:
        raise UsageError(
            f"{plain(assignment)}: no such assignment in the gradebook; there are {', '.join(known) or 'none'}"
        )
    found = []
    for each in gradebook.assignments:
        for notebook in each.notebooks if assignment in (None, each.name) else ():
            order = Path(course.format_path(course.release_directory, ".", each.name)) / f"{notebook.name}.ipynb"
            released = released_cells(notebook, order)
            if is_of(released, rubric):
                found.append(((notebook.name, each.name), released))
    if not found:
        raise UsageError(f"{folder}: {NOTHING_YET}")
    if len(found) > 1:
        names = ", ".join(f"{name}/{notebook}" for (notebook, name), _ in found)
        raise UsageError(f"{folder}: several notebooks have the exercise's tests ({names}); name one with --assignment")
    return found[0]


class _Writer:
    """Writes one submission at a time, wholly or not at all."""

    def __init__(
        self, app: Any, gradebook: Any, where: Where, released: tuple[Released, ...], recorded: Recorded
    ) -> None:
        self._app = app
        self._gradebook = gradebook
        self._where = where
        self._released = released
        self._recorded = recorded

    def write(self, result: Result, rubric: Rubric) -> None:
        student = _student(result)
        course = self._app.coursedir
        notebook, assignment = self._where
        handed_in = Path(course.format_path(course.submitted_directory, student, assignment))
        if not handed_in.is_dir():
            self._recorded.unplaced.append(f"{student}: nothing of theirs in {course.submitted_directory}/")
            return
        scores = marked(self._released, result)
        said = comments(self._released, result, rubric)
        try:
            submission = self._submission(student, handed_in)
            before = submission.score
            self._scores(student, scores)
            self._comments(student, said)
            self._gradebook.db.commit()
        except BaseException:
            self._gradebook.db.rollback()
            raise
        self._late(student)
        self._gradebook.db.refresh(submission)
        self._recorded.students.append(student)
        if abs(submission.score - before) > CLOSE:
            self._recorded.changed.append(f"{student}: {before:g} → {submission.score:g}")
        page = Path(course.format_path(course.autograded_directory, student, assignment)) / f"{notebook}.ipynb"
        if not page.is_file():
            self._recorded.without_page.append(student)

    def _submission(self, student: str, handed_in: Path) -> Any:
        timestamp = self._app.coursedir.get_existing_timestamp(str(handed_in))
        self._gradebook.update_or_create_student(student)
        about = {"timestamp": timestamp} if timestamp else {}
        return self._gradebook.update_or_create_submission(self._where[1], student, **about)

    def _scores(self, student: str, scores: Any) -> None:
        for name, each in scores.items():
            grade = self._gradebook.find_grade(name, *self._where, student)
            if grade.manual_score is not None and grade.auto_score != each.score:
                self._recorded.kept.append(
                    f"{student}, {name}: {grade.manual_score:g} by hand, {_shown(each.score)} by machine"
                )
            grade.auto_score = each.score
            grade.needs_manual_grade = each.score is None or grade.manual_score is not None

    def _comments(self, student: str, said: dict[str, str]) -> None:
        for cell in self._released:
            if cell.solution and cell.cell_type == "code":
                comment = self._gradebook.find_comment(cell.name, *self._where, student)
                if cell.name in said or comment.auto_comment != "No response.":
                    comment.auto_comment = said.get(cell.name)

    def _late(self, student: str) -> None:
        """What being late costs may depend on the score: nbgrader's own plugin works it out again."""
        import nbformat
        from nbgrader.preprocessors import AssignLatePenalties

        about = {"notebook": self._where[0], "assignment": self._where[1], "student": student}
        resources = {"nbgrader": {**about, "db_url": self._app.coursedir.db_url}}
        AssignLatePenalties(parent=self._app).preprocess(nbformat.v4.new_notebook(), resources)  # type: ignore[no-untyped-call]
        self._gradebook.db.expire_all()


def _student(result: Result) -> str:
    """The name that nbgrader has for who handed in."""
    people = result.handed_in.people if result.handed_in is not None and result.handed_in.system == "nbgrader" else ()
    return people[0].id if people else result.name.removesuffix(".ipynb").removesuffix(".zip")


def _shown(score: float | None) -> str:
    return "none" if score is None else f"{score:g}"
