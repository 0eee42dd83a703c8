"""Where in what was handed in the work is: a package, loose modules, or a notebook.

Among the places that could be meant, one that holds written functions comes before one that holds
stubs; then a folder named as the package comes before another folder, and that before a notebook.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from . import cells
from .notes import Notes
from .sources import Sources, folder_of, names_written

__all__ = ["Place", "locate"]

MAX_NOTEBOOKS = 20


@dataclass(frozen=True)
class Place:
    """A folder of modules, or a notebook in a folder.

    Attributes:
        folder: the folder whose modules are the package, or the notebook's folder.
        path: the notebook's, or nothing.
        notebook: its cells.
    """

    folder: str
    path: str = ""
    notebook: cells.Notebook | None = None


@dataclass(frozen=True)
class _Candidate:
    """A place, with how many of the functions are written there and how many expected modules it has."""

    place: Place
    written: int = 0
    named: bool = False
    modules: int = 0
    paths: tuple[str, ...] = ()

    @property
    def rank(self) -> tuple[bool, bool, int, int, int]:
        depth = (self.place.path or self.place.folder).count("/") + bool(self.place.folder)
        return (self.written > 0, self.named, self.written, self.modules, -depth)

    @property
    def title(self) -> str:
        return self.place.path or self.place.folder or "the top folder"


def locate(sources: Sources, package: str, functions: Collection[str], notes: Notes) -> Place | None:
    """The place whose functions are graded; ``None`` where there is no Python at all."""
    folders = _folders(sources, package)
    notebooks = sorted(sources.notebooks, key=lambda path: (path.count("/"), path))
    likely = [one for one in folders if one.named or one.modules]
    if len(likely) == 1 and likely[0].modules and not notebooks:
        return likely[0].place
    if len(notebooks) == 1 and not folders:
        return Place(folder_of(notebooks[0]), notebooks[0], _read(sources, notebooks[0], notes))
    candidates = [_counted(one, sources, functions) for one in likely]
    if not any(one.written for one in candidates):
        candidates += [_notebook(sources, path, functions, notes) for path in notebooks[:MAX_NOTEBOOKS]]
        notebooks = notebooks[MAX_NOTEBOOKS:]
    if not any(one.written for one in candidates):
        others = [_counted(one, sources, functions) for one in folders if one not in likely]
        candidates += [one for one in others if one.written]
    if not candidates:
        return None
    best, *others = sorted(candidates, key=lambda one: one.rank, reverse=True)
    passed_over = [one.title for one in others if one.written] + notebooks
    if passed_over:
        notes.add("", "odd", f"{best.title} was graded; not graded: {', '.join(passed_over)}")
    return best.place


def _folders(sources: Sources, package: str) -> list[_Candidate]:
    """The folders that hold modules, in order of their names."""
    by_folder: dict[str, list[str]] = {}
    for path in sorted(sources.modules):
        by_folder.setdefault(folder_of(path), []).append(path)
    return [
        _Candidate(
            Place(folder),
            named=folder.rpartition("/")[2].casefold() == package.casefold(),
            modules=len({sources.expected(path) for path in paths} - {""}),
            paths=tuple(paths),
        )
        for folder, paths in by_folder.items()
    ]


def _counted(folder: _Candidate, sources: Sources, functions: Collection[str]) -> _Candidate:
    """A folder with the number of functions that are written in it."""
    return replace(folder, written=len({name for path in folder.paths for name in sources.written(path, functions)}))


def _notebook(sources: Sources, path: str, functions: Collection[str], notes: Notes) -> _Candidate:
    """A notebook with the number of functions that are written in it."""
    notebook = _read(sources, path, notes)
    names = names_written(node for cell in notebook.cells for node in cell.statements)
    return _Candidate(Place(folder_of(path), path, notebook), written=len(names & set(functions)))


def _read(sources: Sources, path: str, notes: Notes) -> cells.Notebook:
    with notes.within(path):
        return cells.Notebook(()) if notes.skips(path) else cells.read(sources.files[path])
