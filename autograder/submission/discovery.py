"""Which submissions there are under the paths that were given.

The rule: what Canvas, Moodle or Gradescope hand out for a class, as a zip or as its folder, is taken
apart by :mod:`.bulk`.  Any other ``.zip``, and an ``.ipynb``, are a submission each.  A folder is one
submission if it holds the package that students write, or modules named as the exercise names them, at
its own level.  An nbgrader course, or its ``submitted/``, is a class of notebooks (:mod:`.nbgrader`).  Any
other folder is a class: each folder, ``.zip`` and ``.ipynb`` in it is a submission, whatever is or isn't
inside, so that nobody who handed something in is lost.  What else lies in a class's folder (links, lists
of grades, hidden files) is passed over and listed.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import overload

from ..errors import SubmissionError
from . import bulk, names, nbgrader, reading
from .source import Kind
from .submitted import KINDS, Attempt, Submitted

__all__ = ["Found", "discover", "single"]

ACCEPTED = "a folder, a .zip or a .ipynb"


@dataclass(frozen=True)
class Found(Sequence[Submitted]):
    """The submissions, in the order of the paths and by name in a class.

    Attributes:
        submissions: what is to be graded.
        passed_over: what else there was in a class's folder, with the reason, for people's eyes.
    """

    submissions: tuple[Submitted, ...]
    passed_over: tuple[str, ...] = ()

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
    passed_over: list[str] = []
    for path in map(_resolved, paths):
        whole = path.is_dir() and _is_submission(path, package.lower(), {module.lower() for module in modules})
        submitted = nbgrader.submitted_folder(path)
        download = None if whole or submitted or not _may_be_a_class(path) else bulk.opened(path, modules, attempt)
        if submitted is not None:
            children = nbgrader.class_of(submitted, assignment, passed_over)
        elif download is not None:
            children, others = download
            passed_over += others
        elif path.is_dir() and not whole:
            children = _class(path, passed_over)
        else:
            children = [single(path)]
        for child in children:
            found.setdefault(child.path, child)
    if not found:
        raise SubmissionError(f"no path was given; name {ACCEPTED}, or a folder of them")
    return Found(tuple(_distinct(found.values())), tuple(passed_over))


def single(path: Path) -> Submitted:
    """The one submission that a path is, without asking whether it might be a class.

    Raises:
        SubmissionError: for a path that isn't there, or is neither a folder, a ``.zip`` nor an ``.ipynb``.
    """
    path = _resolved(path)
    kind: Kind | None = "folder" if path.is_dir() else KINDS.get(path.suffix.lower()) if path.is_file() else None
    if kind is None:
        raise SubmissionError(f"{names.shown(str(path))}: not {ACCEPTED}; unpack it, or give the folder that holds it")
    return _submitted(path, kind)


def _may_be_a_class(path: Path) -> bool:
    return path.is_dir() or (path.suffix.lower() == ".zip" and path.is_file())


def _submitted(path: Path, kind: Kind) -> Submitted:
    return Submitted(names.identifier(path.name), names.shown(path.name), path, kind)


def _is_submission(folder: Path, package: str, modules: Collection[str]) -> bool:
    """Whether a folder is itself a submission.

    A package folder with modules in it settles that.  A loose module alone might be an instructor's
    own script beside a class of folders, so then no folder beside it may hold the package.
    """
    files, folders = _names(folder)
    if any(name.lower() == package and _has_modules(folder / name) for name in folders):
        return True
    if not any(name.lower().removesuffix(".py") in modules for name in files if name.lower().endswith(".py")):
        return False
    return not any(name.lower() == package for child in folders for name in _names(folder / child)[1])


def _has_modules(folder: Path) -> bool:
    return any(name.lower().endswith(".py") for name in _names(folder)[0])


def _names(folder: Path) -> tuple[list[str], list[str]]:
    """The names of a folder's files and folders, without links; none where it can't be listed."""
    files: list[str] = []
    folders: list[str] = []
    with contextlib.suppress(SubmissionError):
        for entry in reading.entries(folder):
            if not reading.is_link(entry):
                (folders if entry.is_dir() else files).append(entry.name)
    return files, folders


def _class(folder: Path, passed_over: list[str]) -> list[Submitted]:
    children = []
    for entry in reading.entries(folder):
        kind: Kind | None = None
        if reading.is_link(entry):
            reason = "a link"
        elif reading.is_junk(entry.name):
            reason = "hidden or left by a tool"
        elif entry.is_dir():
            kind = "folder"
        elif (kind := KINDS.get(Path(entry.name).suffix.lower())) and not entry.is_file():
            kind, reason = None, "not an ordinary file"
        else:
            reason = f"not {ACCEPTED}"
        if kind is None:
            passed_over.append(f"{names.shown(entry.name)}: {reason}")
        else:
            children.append(_submitted(folder / entry.name, kind))
    if not children:
        raise SubmissionError(
            f"{names.shown(str(folder))}: no submission in it; give {ACCEPTED}, or a folder that holds some"
        )
    return children


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
