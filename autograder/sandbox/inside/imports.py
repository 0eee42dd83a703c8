"""What students' code imports: its own files, numpy, the standard library, and stand-ins for the rest.

A student's module runs with builtins of its own, whose ``__import__`` is the one below; so none of
this touches what numpy and the standard library import for themselves, and nothing of this project
can be had by ``import``.

Imports of the student's own files work as they do on their machine, whichever way they run them:
``from .areas import f`` and ``from shapes.areas import f`` from the folder above the package, and
``import areas`` from inside it.
"""

from __future__ import annotations

import builtins
import importlib
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import FrameType, ModuleType
from typing import Any

from .notes import Notes, told
from .running import Piece, Runner
from .sources import Sources, folder_of, stem_of
from .standins import Absent, Inert, missing, stand_in

__all__ = ["Library", "forget_the_last", "module_names"]

REAL = (sys.stdlib_module_names | {"numpy"}) - {"__main__"}
"""The modules that students' code may have beside its own."""


def module_names(sources: Sources, package: str, folder: str | None, root: str) -> dict[str, str]:
    """The names under which the submission's modules can be imported, each with its path.

    The package's own modules come first, then what lies beside it, then what lies above.

    Args:
        sources: the submission's modules.
        package: the name of the package that students write.
        folder: the folder that is this package, whatever its own name; ``None`` if there is none.
        root: the folder from which everything else is imported.
    """
    names: dict[str, str] = {}
    placed: set[str] = set()
    if folder is not None:
        _place(sources, folder, [package], names, placed)
    while True:
        _place(sources, root, [], names, placed)
        if not root:
            return names
        root = folder_of(root)


class Library(MetaPathFinder, Loader):
    """Finds and runs the student's own modules, and is what their ``import`` asks.

    A module whose name something else has already is kept under a name that can't be typed.

    Args:
        names: see :func:`module_names`.
        package: the package's name.
        folder: its folder; in tracebacks its files are named without it.
        sources, runner, notes: where the modules are read, run, and complained of.
        itself: what a notebook gets when it imports the package that it stands for.
        given: modules that came with the exercise; an inert stand-in serves for them.
    """

    def __init__(
        self,
        names: Mapping[str, str],
        package: str,
        folder: str | None,
        sources: Sources,
        runner: Runner,
        notes: Notes,
        itself: Any = None,
        given: Collection[str] = (),
    ) -> None:
        forget_the_last()
        roots = {name.partition(".")[0] for name in (*names, package)}
        self._taken = {root for root in roots if root in REAL or root in sys.modules}
        self._paths = {self._own(name): path for name, path in names.items()}
        self._packages = {self._own(above) for name in names for above in _above(name)}
        self._packages |= {name for name, path in self._paths.items() if path.endswith("__init__.py")}
        self._roots = {root: self._own(root) for root in {name.partition(".")[0] for name in names} - {"numpy"}}
        self._roots |= self._names_inside(package, sources)
        self._folded = {root.casefold(): own for root, own in self._roots.items() if root not in REAL}
        self._filenames = _filenames(names.values(), folder)
        self._adopted: list[str] = []
        self._sources = sources
        self._runner = runner
        self._notes = notes
        self._itself = itself
        self._given = frozenset(given)
        self._builtins = {**vars(builtins), "__import__": self._import}
        self._builtins |= {name: Inert(name) for name in ("display", "get_ipython")}
        sys.meta_path.insert(0, self)

    def load(self, name: str) -> dict[str, Any]:
        """Run a module, by a name of :func:`module_names`, unless it has been; its namespace."""
        try:
            return vars(importlib.import_module(self._own(name)))
        except Exception as error:  # a module may have put anything in its own place
            self._notes.add(name, "error", told(error))
            return {}

    def adopt(self, module: ModuleType, filename: str) -> dict[str, Any]:
        """Make a module one of the student's, whose code comes from elsewhere; its namespace."""
        self._adopted.append(module.__name__)
        sys.modules[module.__name__] = module
        return self._furnished(module, filename)

    def find_spec(self, fullname: str, *_: Any) -> ModuleSpec | None:
        """As the import system asks for it."""
        if fullname not in self._paths and fullname not in self._packages:
            return None
        return ModuleSpec(fullname, self, is_package=fullname in self._packages)

    def exec_module(self, module: ModuleType) -> None:
        """Run a module's statements; a folder without ``__init__.py`` has none."""
        path = self._paths.get(module.__name__)
        if path is not None:
            piece = Piece(self._sources.part(path), self._filenames[path], self._sources.text(path))
            self._runner.run(piece, self._furnished(module, piece.filename))

    def forget(self) -> None:
        """Take the student's modules out of the process again."""
        sys.meta_path.remove(self)
        for name in [*self._paths, *self._packages, *self._adopted]:
            sys.modules.pop(name, None)

    def _furnished(self, module: ModuleType, filename: str) -> dict[str, Any]:
        vars(module).update(__builtins__=self._builtins, __file__=filename)
        return vars(module)

    def _import(
        self,
        name: str,
        globals: Mapping[str, Any] | None = None,  # noqa: A002 - as Python names them
        locals: Mapping[str, Any] | None = None,  # noqa: A002
        fromlist: Sequence[str] | None = (),
        level: int = 0,
    ) -> Any:
        """What an ``import`` in a student's code does, in the place of ``builtins.__import__``."""
        root, dot, rest = name.partition(".")
        if self._itself is not None and (level or root in self._itself):
            return self._itself
        if level:
            return __import__(name, globals, locals, fromlist or (), level)
        own = self._roots.get(root) or (None if root in REAL else self._folded.get(root.casefold()))
        if own:
            full = f"{own}{dot}{rest}"
            importlib.import_module(full)
            return __import__(full, globals, locals, fromlist) if fromlist else sys.modules[own]
        if root in REAL:
            try:
                return __import__(name, globals, locals, fromlist or ())
            except (ImportError, OSError):
                if root in sys.modules:  # then a part of it is missing, not the module
                    raise
        return self._stand_in(name if fromlist else root, sys._getframe(1))

    def _stand_in(self, name: str, frame: FrameType) -> Inert | Absent:
        """A stand-in, unless the code has a way of its own to do without the module."""
        found = stand_in(name, self._given)
        if isinstance(found, Absent):
            root = name.partition(".")[0]
            part = self._runner.importing_part(frame.f_code.co_filename, frame.f_lineno)
            if part is None:
                raise ModuleNotFoundError(missing(root), name=root)
            self._notes.add(part, "odd", missing(root), frame.f_lineno)
        return found

    def _own(self, name: str) -> str:
        return f"own:{name}" if name.partition(".")[0] in self._taken else name

    def _names_inside(self, package: str, sources: Sources) -> dict[str, str]:
        """The package's modules by their bare names, as a script inside the package imports them."""
        inside = {}
        for name in [*self._paths, *self._packages]:
            above, _, bare = name.rpartition(".")
            expected = bare not in REAL or sources.expected(self._paths.get(name, ""))
            if above == self._own(package) and bare not in self._roots and expected:
                inside[bare] = name
        return inside


def forget_the_last() -> None:
    """Take the modules of the submission before out of the process."""
    for finder in [finder for finder in sys.meta_path if isinstance(finder, Library)]:
        finder.forget()


def _place(sources: Sources, folder: str, above: list[str], names: dict[str, str], placed: set[str]) -> None:
    """Name the modules under a folder that have no name yet."""
    for path in sorted(sources.modules, key=lambda path: (stem_of(path) != sources.expected(path), path)):
        if path in placed or not _is_under(path, folder):
            continue
        parts = [*above, *path.removeprefix(f"{folder}/")[: -len(".py")].split("/")]
        if above and len(parts) == 2:
            parts[-1] = sources.expected(path) or parts[-1]
        if parts[-1] == "__init__":
            parts.pop()
        if parts and all(part and "." not in part for part in parts):
            names.setdefault(".".join(parts), path)
            placed.add(path)


def _above(name: str) -> list[str]:
    """The packages that a module is in: ``a`` and ``a.b`` for ``a.b.c``."""
    parts = name.split(".")
    return [".".join(parts[:length]) for length in range(1, len(parts))]


def _is_under(path: str, folder: str) -> bool:
    return not folder or path.startswith(f"{folder}/")


def _filenames(paths: Iterable[str], folder: str | None) -> dict[str, str]:
    """Names for tracebacks, no two alike."""
    inside = {path for path in paths if folder is not None and _is_under(path, folder)}
    outside = set(paths) - inside
    filenames = {path: path for path in outside}
    for path in inside:
        short = path.removeprefix(f"{folder}/")
        filenames[path] = path if short in outside else short
    return filenames
