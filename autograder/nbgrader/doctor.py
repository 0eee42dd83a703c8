"""What commonly goes wrong in an nbgrader course, and the remedy for each."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import SubmissionError
from ..release.exercise import Exercise
from ..release.leaks import Secrets
from ..submission.names import shown
from ..submission.nbgrader import CONFIG
from .config import RESULTS
from .marks import is_of
from .reading import EMPTY, read
from .record import gradebook_file, open_course
from .released import Released, released_cells
from .restore import restore

__all__ = ["Trouble", "examine"]

NOTEBOOK = ".ipynb"
PROVIDED = "GradeInSandbox"
HIDDEN = "BEGIN HIDDEN TESTS"
MAX_FILE = 64 * 2**20
OTHERS = stat.S_IWGRP | stat.S_IWOTH
SECRET = stat.S_IRGRP | stat.S_IROTH


@dataclass(frozen=True)
class Trouble:
    """One thing found.

    Attributes:
        where: a path in the course.
        what: a plain sentence.
        remedy: what to do.
    """

    where: str
    what: str
    remedy: str


def examine(folder: Path, exercise: Exercise) -> tuple[Trouble, ...]:
    """Look through a course; nothing in it is changed, and no code of a student's is run.

    Raises:
        UsageError: it is no course, nbgrader is missing, or its configuration can't be read.
    """
    app = open_course(folder)
    course = _Course(Path(app.coursedir.root), app.coursedir, app.config, exercise)
    checks = (_solutions, _overwriting, _hidden_tests, _kernel, _permissions, _submissions)
    return tuple(trouble for check in checks for trouble in check(course))


@dataclass(frozen=True)
class _Course:
    root: Path
    dirs: Any
    config: Any
    exercise: Exercise

    def folder(self, step: str) -> Path:
        return self.root / step

    def assignments(self, step: str) -> list[Path]:
        """Folders of assignments under ``source`` or ``release``."""
        return [path for path in _listed(self.folder(step)) if path.is_dir()]

    def shown(self, path: Path) -> str:
        return shown(os.path.relpath(path, self.root))

    def released(self) -> dict[tuple[str, str], tuple[Released, ...]]:
        """The exercise's notebooks in the gradebook, by assignment and notebook."""
        from nbgrader.api import Gradebook

        found: dict[tuple[str, str], tuple[Released, ...]] = {}
        file = gradebook_file(self.dirs)
        if file is not None and not file.exists():  # to open it would make one
            return found
        here = Path.cwd()
        os.chdir(self.root)
        try:
            with Gradebook(self.dirs.db_url, self.dirs.course_id) as gradebook:
                for assignment in gradebook.assignments:
                    for notebook in assignment.notebooks:
                        order = (
                            self.folder(self.dirs.release_directory) / assignment.name / f"{notebook.name}{NOTEBOOK}"
                        )
                        cells = released_cells(notebook, order)
                        if is_of(cells, self.exercise.rubric):
                            found[assignment.name, notebook.name] = cells
        finally:
            os.chdir(here)
        return found


def _solutions(course: _Course) -> Iterator[Trouble]:
    """Solutions that students get: in source/ beside the notebook, and whatever is in release/."""
    secrets = Secrets(course.exercise)
    for step in (course.dirs.source_directory, course.dirs.release_directory):
        files = {
            course.shown(path): path.read_bytes()
            for assignment in course.assignments(step)
            for path in _files(assignment)
            if path.suffix != NOTEBOOK or step == course.dirs.release_directory
        }
        told = set()
        for leak in secrets.leaks(files):
            if leak.where not in told:
                told.add(leak.where)
                remedy = "move it out of source/ (nbgrader releases every file there), and release again"
                yield Trouble(leak.where, f"students get this, and it holds {leak.what}", remedy)


def _overwriting(course: _Course) -> Iterator[Trouble]:
    """Files that students write, which nbgrader would replace by those of source/."""
    layout = course.exercise.rubric.layout
    written = {f"{module}.py" for module in layout.functions.values()}
    kept = course.config.Autograde.get("exclude_overwriting", {})
    for assignment in course.assignments(course.dirs.source_directory):
        for path in _files(assignment):
            relative = path.relative_to(assignment).as_posix()
            theirs = path.name in written or relative.startswith(f"{layout.package}/")
            if theirs and path.suffix == ".py" and relative not in kept.get(assignment.name, ()):
                yield Trouble(
                    course.shown(path),
                    "students write this file, and nbgrader replaces what they hand in by this one",
                    f'name it in c.Autograde.exclude_overwriting = {{"{assignment.name}": ["{relative}"]}}',
                )


def _hidden_tests(course: _Course) -> Iterator[Trouble]:
    """Hidden tests in notebooks: nbgrader puts them back before grading, and the feedback shows them."""
    for step, what, remedy in (
        (
            course.dirs.source_directory,
            "it has hidden tests, which nbgrader puts back for grading and shows in the feedback",
            "make them hidden checks of the marking scheme, which the feedback doesn't show",
        ),
        (
            course.dirs.release_directory,
            "students get the hidden tests in it",
            "put ClearHiddenTests back into c.GenerateAssignment.preprocessors, and release again",
        ),
    ):
        for assignment in course.assignments(step):
            for path in _files(assignment):
                if path.suffix == NOTEBOOK and any(HIDDEN in cell["source"] for cell in _cells(path)):
                    yield Trouble(course.shown(path), what, remedy)


def _kernel(course: _Course) -> Iterator[Trouble]:
    """What students' code can do while nbgrader runs it."""
    if any(PROVIDED in str(each) for each in course.config.Autograde.get("autograde_preprocessors", ())):
        return
    remedy = f"call autograder.nbgrader.configure(c) in {CONFIG}, without sandbox=False"
    reach = [course.dirs.source_directory, course.dirs.submitted_directory]
    database = gradebook_file(course.dirs)
    if database is not None:
        reach.append(course.shown(database))
    yield Trouble(
        CONFIG,
        "nbgrader runs students' code in its own kernel, as you: it can read and write "
        + ", ".join(f"{name}{'' if name.endswith('.db') else '/'}" for name in reach),
        remedy,
    )


def _permissions(course: _Course) -> Iterator[Trouble]:
    """What other accounts of this machine may do, students' among them."""
    database = gradebook_file(course.dirs)
    steps = (course.dirs.source_directory, course.dirs.submitted_directory, course.dirs.autograded_directory)
    results = course.folder(course.config.GradeInSandbox.get("results", RESULTS))
    private = [path for path in (database, results / "seed") if path is not None]
    places = [
        *private,
        course.root / CONFIG,
        course.root,
        *map(course.folder, steps),
        *_listed(course.folder(course.dirs.submitted_directory)),
    ]
    shared = bool(course.dirs.groupshared)
    for path in places:
        mode = _mode(path)
        open_to = mode & (stat.S_IWOTH if shared else OTHERS)
        if open_to:
            who = "anybody" if mode & stat.S_IWOTH else "its group"
            right = "o-w" if shared else "go-w"
            yield Trouble(
                course.shown(path), f"{who} on this machine can write it", f"chmod {right} {course.shown(path)}"
            )
    reachable = _mode(course.root) & (stat.S_IXGRP | stat.S_IXOTH)
    for path in private if reachable and not shared else ():
        if _mode(path) & SECRET:
            yield Trouble(course.shown(path), "others on this machine can read it", f"chmod go-r {course.shown(path)}")


def _submissions(course: _Course) -> Iterator[Trouble]:
    """Notebooks that are not as they were released."""
    released = course.released()
    if not released:
        yield Trouble(
            course.shown(course.folder(course.dirs.source_directory)),
            "no assignment in the gradebook has the exercise's tests",
            "autograder release --nbgrader, then nbgrader generate_assignment",
        )
    for student in _listed(course.folder(course.dirs.submitted_directory)):
        for (assignment, notebook), cells in released.items():
            work = student / assignment
            if work.is_symlink() or student.is_symlink():
                yield Trouble(course.shown(work), "a link, which leads elsewhere", "collect this submission again")
            elif work.is_dir():
                yield from _submission(course, work, notebook, cells)


def _submission(course: _Course, work: Path, notebook: str, cells: tuple[Released, ...]) -> Iterator[Trouble]:
    for path in _listed(work):
        if path.is_symlink():
            yield Trouble(course.shown(path), "a link, of which nbgrader copies what it leads to", "remove it")
    path = work / f"{notebook}{NOTEBOOK}"
    if not path.exists():
        others = [each.name for each in _listed(work) if each.suffix.lower() == NOTEBOOK]
        what = (
            f"the notebook is missing; there is {', '.join(map(shown, others))}"
            if others
            else "the notebook is missing"
        )
        yield Trouble(course.shown(path), what, f"rename theirs to {path.name}" if others else "ask for it")
        return
    if path.is_symlink():
        return
    try:
        raw = read(path)
    except SubmissionError as error:
        yield Trouble(course.shown(path), str(error), "see to its permissions, or collect it again")
        return
    if not raw.cells:  # there is nothing to put right: as it is, it earns nothing
        what = "; ".join(raw.findings) or EMPTY
        yield Trouble(course.shown(path), what, "ask for it again")
        return
    for finding in (*raw.findings, *restore(raw.cells, cells).findings):
        yield Trouble(course.shown(path), finding, "nothing: grading puts it right (autograder.nbgrader.configure)")


def _cells(path: Path) -> list[dict[str, Any]]:
    try:
        return read(path).cells
    except SubmissionError:
        return []


def _files(folder: Path) -> Iterable[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts and path.stat().st_size <= MAX_FILE:
            yield path


def _listed(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _mode(path: Path) -> int:
    try:
        return 0 if path.is_symlink() else path.stat().st_mode
    except OSError:
        return 0
