"""Which submissions there are under the paths that were given.

The rule: what Canvas, Moodle or Gradescope hand out for a class, as a zip or as its folder, is taken
apart by :mod:`.bulk`.  A ``.zip`` that plainly holds a class is a class (:mod:`.shape`); any other, an
``.ipynb`` and a ``.py`` are a submission each.  A folder is one submission if it holds the package that
students write, or modules named as the exercise names them, at its own level, and not beside a class's
folders.  An nbgrader course, or its ``submitted/``, is a class of notebooks (:mod:`.nbgrader`).  Any other
folder is a class: each folder, ``.zip`` and ``.ipynb`` in it is a submission, whatever is or isn't inside,
so that nobody who handed something in is lost.  So is each ``.py``, but not beside folders, where it may be
an instructor's script, nor beside one notebook, whose helper it may be.  What else lies in a class's folder
(links, lists of grades, hidden files) is passed over and listed.

A folder that holds nothing but downloads, or nothing but one folder with a class in it, is what it holds.
Beside others' work a student's archive is never taken apart, however it looks: its names could pass for
theirs.  Wherever one submission looks like several, or was taken for several, a note tells.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import overload

from ..errors import SubmissionError
from . import bulk, names, nbgrader, reading
from .shape import DEPTH, Shape, is_nobody, shape
from .source import Kind
from .submitted import KINDS, Attempt, Submitted

__all__ = ["Found", "discover", "single"]

ACCEPTED = "a folder, a .zip, a .ipynb or a .py"

LISTED = 3
"""How much of a folder without a submission is named."""

GIVE = f"give {ACCEPTED}, or a folder that holds some"
LOOKS, AS_ONE = "looks like", "and is graded as one submission"

WITHIN = 2
"""How many folders without work of their own, each in the other, are looked into for a class."""


@dataclass(frozen=True)
class Found(Sequence[Submitted]):
    """The submissions, in the order of the paths and by name in a class.

    Attributes:
        submissions: what is to be graded.
        passed_over: what else there was in a class's folder, with the reason, for people's eyes.
        notes: where a path might have been meant otherwise than it was taken, and the remedy.
    """

    submissions: tuple[Submitted, ...]
    passed_over: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @overload
    def __getitem__(self, index: int) -> Submitted: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Submitted, ...]: ...
    def __getitem__(self, index: int | slice) -> Submitted | tuple[Submitted, ...]:
        return self.submissions[index]

    def __len__(self) -> int:
        return len(self.submissions)


def discover(
    paths: Sequence[Path],
    package: str,
    modules: Collection[str],
    attempt: Attempt = "last",
    *,
    assignment: str | None = None,
) -> Found:
    """Find the submissions that the paths hold.

    Args:
        paths: files and folders, as they were typed.  A link is followed here, and nowhere below.
        package: the name of the package that students write.
        modules: the names of the modules that the exercise expects in it.
        attempt: which one where a download holds several of a student's: the last, or all of them, each
            with the identifier that the best one is to get (``attempt_of``).
        assignment: in an nbgrader course, which assignment's; see :mod:`.nbgrader`.

    Raises:
        SubmissionError: for a path that isn't there or holds no submission.
    """
    found: dict[Path, Submitted] = {}
    search = _Search(package, modules, attempt, assignment)
    for path in map(_resolved, paths):
        for child in search.under(path):
            found.setdefault(child.path, child)
    if not found:
        raise SubmissionError(f"no path was given; name {ACCEPTED}, or a folder of them")
    return Found(tuple(_distinct(found.values())), tuple(search.passed_over), tuple(search.notes))


@dataclass(frozen=True)
class _Search:
    """What is looked for, and what was told on the way."""

    package: str
    modules: Collection[str]
    attempt: Attempt
    assignment: str | None
    passed_over: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def under(self, path: Path, within: int = WITHIN) -> list[Submitted]:
        """The submissions that a path holds; what it holds is looked into ``within`` levels further."""
        submitted = nbgrader.submitted_folder(path)
        if submitted is not None:
            return nbgrader.class_of(submitted, self.assignment, self.passed_over)
        # A download stays one, though a stray package lies in it.
        whole = path.is_dir() and self._is_submission(path) and self._students(path) < 2
        download = None if whole or not _may_be_a_class(path) else bulk.opened(path, self.modules, self.attempt)
        if download is not None:
            self.passed_over.extend(download[1])
            return download[0]
        if path.is_dir() and not whole:
            return self._inside(path, within)
        return self._alone(path)

    def _is_submission(self, folder: Path) -> bool:
        """Whether a folder is itself a submission.

        A package folder with modules in it settles that, or a loose module, unless there are two students'
        folders beside them: then they are a stray copy.  A loose module might be an instructor's own script,
        so already one folder beside it that holds the package is a student's, unless it is called ``backup``.
        """
        package, modules = self.package.lower(), {module.lower() for module in self.modules}
        files, folders = _names(folder)
        is_package = any(name.lower() == package and _has_modules(folder / name) for name in folders)
        if not is_package and not any(Path(name.lower()).stem in modules for name in files if _is_module(name)):
            return False
        if self._shape(folder).sure:
            return False
        people = [child for child in folders if not is_nobody(child, package)]
        return is_package or not any(name.lower() == package for child in people for name in _names(folder / child)[1])

    def _alone(self, path: Path) -> list[Submitted]:
        """A path that is no download: one submission, or a zip's class."""
        looks = self._shape(path)
        if looks.sure and not looks.own and not path.is_dir():
            self._note(path, f"is taken for {looks}; if it is one student's, give a folder that holds it")
            submissions, others = bulk.class_in(path, looks.wrapper)
            self.passed_over.extend(others)
            return submissions
        if looks.students:
            remedy = "give what is in it" if path.is_dir() else "unpack it and give the folder"
            self._note(path, f"{LOOKS} {looks}, {AS_ONE}; if it is a class, {remedy}")
        return [single(path)]

    def _inside(self, folder: Path, within: int) -> list[Submitted]:
        """The submissions of a class's folder, or of the downloads that are all there is in it."""
        children = self._class(folder)
        only = len(children) == 1
        downloads = [self._students(child.path) for child in children]
        if within and all(count > (not only) for count in downloads):
            return [one for child in children for one in self.under(child.path, within - 1)]
        for child, count in zip(children, downloads, strict=True):
            looks = self._shape(child.path)
            if count > 1:
                self._note(child.path, f"{LOOKS} a download of {count} students, {AS_ONE}; if it is, give it by itself")
            elif within and only and looks.sure and not looks.own and child.path.is_dir():
                self._note(
                    folder, f"its {names.shown(child.name)} is taken for {looks}; if it is one student's, zip it"
                )
                return self.under(child.path, within - 1)
            elif looks.students and not looks.own:
                self._note(child.path, f"{LOOKS} {looks}, {AS_ONE}; if it is a class, give it by itself")
        return children

    def _students(self, path: Path) -> int:
        """How many students' a download is; none if it isn't one."""
        if not _may_be_a_class(path):
            return 0
        with contextlib.suppress(SubmissionError):  # too much in it: as one submission's, that is told to its student
            return bulk.students_in(path, self.modules)
        return 0

    def _shape(self, path: Path) -> Shape:
        if not _may_be_a_class(path):
            return Shape()
        try:
            paths = reading.wanted(path, DEPTH) if path.is_dir() else bulk.names_in(path)
        except SubmissionError:
            return Shape()
        return shape(paths, self.package.lower(), {module.lower() for module in self.modules})

    def _class(self, folder: Path) -> list[Submitted]:
        children, modules = [], []
        entries = reading.entries(folder)
        passed_over: dict[str, str] = {}
        for entry in entries:
            kind, reason = self._sorted_out(entry)
            if kind is None:
                passed_over[entry.name] = reason
            elif entry.is_dir() or not _is_module(entry.name):
                children.append(_submitted(folder / entry.name, kind))
            else:
                modules.append(_submitted(folder / entry.name, kind))
        if [child.kind for child in children] == ["notebook"] or any(child.path.is_dir() for child in children):
            reason = "a module beside others' work; give it by itself if it is a submission"
            passed_over |= {module.path.name: reason for module in modules}
        else:
            if len(modules) > 1:
                self._note(folder, "each .py in it is taken for a student's; if they are one student's, zip them")
            children = sorted(children + modules, key=lambda child: child.path.name)
        if not children:
            raise SubmissionError(f"{names.shown(str(folder))}: no submission in it{_held(list(passed_over))}; {GIVE}")
        self.passed_over.extend(f"{names.shown(name)}: {passed_over[name]}" for name in sorted(passed_over))
        return children

    def _sorted_out(self, entry: os.DirEntry[str]) -> tuple[Kind | None, str]:
        """What an entry of a class's folder is, or why it is no submission."""
        if reading.is_link(entry):
            return None, "a link"
        if reading.is_junk(entry.name):
            return None, "hidden or left by a tool"
        if entry.is_dir():
            if entry.name.lower() == self.package.lower() and _has_modules(Path(entry.path)):
                return None, "the package itself, beside students' folders; nobody's"
            return "folder", ""
        kind = None if entry.name == "__init__.py" else KINDS.get(Path(entry.name).suffix.lower())
        if kind and not entry.is_file():
            return None, "not an ordinary file"
        return kind, f"not {ACCEPTED}"

    def _note(self, path: Path, text: str) -> None:
        self.notes.append(f"{names.shown(path.name)}: {text}")


def single(path: Path) -> Submitted:
    """The one submission that a path is, without asking whether it might be a class.

    Raises:
        SubmissionError: for a path that isn't there, or is neither a folder, a ``.zip``, an ``.ipynb`` nor a ``.py``.
    """
    path = _resolved(path)
    kind: Kind | None = "folder" if path.is_dir() else KINDS.get(path.suffix.lower()) if path.is_file() else None
    if kind is None:
        raise SubmissionError(
            f"{names.shown(str(path))}: not {ACCEPTED}; give one of these, or unpack it and give what was in it"
        )
    return _submitted(path, kind)


def _may_be_a_class(path: Path) -> bool:
    return path.is_dir() or (path.suffix.lower() == ".zip" and path.is_file())


def _submitted(path: Path, kind: Kind) -> Submitted:
    if kind == "zip" and (found := bulk.without_data(path)):
        return found
    return Submitted(names.identifier(path.name), names.shown(path.name), path, kind)


def _has_modules(folder: Path) -> bool:
    return any(map(_is_module, _names(folder)[0]))


def _held(found: Sequence[str]) -> str:
    """What was there instead, in a few words."""
    more = f" and {len(found) - LISTED} more" if len(found) > LISTED else ""
    return f", only {', '.join(map(names.shown, found[:LISTED]))}{more}" if found else ""


def _is_module(name: str) -> bool:
    return name.lower().endswith(".py")


def _names(folder: Path) -> tuple[list[str], list[str]]:
    """The names of a folder's files and folders, without links; none where it can't be listed."""
    files: list[str] = []
    folders: list[str] = []
    with contextlib.suppress(SubmissionError):
        for entry in reading.entries(folder):
            if not reading.is_link(entry):
                (folders if entry.is_dir() else files).append(entry.name)
    return files, folders


def _resolved(path: Path) -> Path:
    try:
        return path.resolve(strict=True)
    except FileNotFoundError:
        raise SubmissionError(f"{names.shown(str(path))}: no such file or folder; check the spelling") from None
    except (OSError, ValueError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or "not a path"
        raise SubmissionError(f"{names.shown(str(path))}: can't be opened ({reason}); check the path") from None


def _distinct(submissions: Iterable[Submitted]) -> Iterator[Submitted]:
    """Give those of one name in several folders an identifier each; the first keeps its own."""
    taken: set[str] = set()
    owners: dict[Path, str] = {}
    for submitted in submissions:
        one = submitted
        if one.attempt_of:
            # All attempts of a student get their owner's identifier, which is nobody else's.
            owner = owners.get(one.path.parent)
            if owner is None:
                owner = one.attempt_of
                while owner in taken:
                    owner = names.with_digest(one.attempt_of, f"{owner}\0{one.path.parent}")
                owners[one.path.parent] = owner
                taken.add(owner)
            one = replace(one, attempt_of=owner)
        text = str(one.path)
        while one.identifier in taken:
            one = replace(one, identifier=names.with_digest(submitted.identifier, text))
            text += "'"
        taken.add(one.identifier)
        yield one
