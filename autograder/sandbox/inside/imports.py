"""What students' code imports: its own files, numpy, the standard library, and stand-ins for the rest.

A student's module runs with builtins of its own, whose ``__import__`` is the one below; so none of
this touches what numpy and the standard library import for themselves, and nothing of this project
can be had by ``import``.

Imports of the student's own files work as they do on their machine, whichever way they run them:
``from .linear import f`` and ``from nn.linear import f`` from the folder above the package, and
``import linear`` from inside it.
"""

from __future__ import annotations

import ast
import builtins
import importlib
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

from .problems import Problems
from .running import Piece, Runner
from .sources import Sources, folder_of
from .standins import Absent, Inert, missing, stand_in

__all__ = ["Library", "module_names"]

REAL = (sys.stdlib_module_names | {"numpy"}) - {"__main__"}

MISSING_MODULE_ERRORS = {"ImportError", "ModuleNotFoundError", "Exception", "BaseException"}


def module_names(sources: Sources, package: str, folder: str | None) -> dict[str, str]:
    """The names under which the submission's modules can be imported, each with its path.

    Args:
        package: the name of the package that students write.
        folder: the folder that is this package, whatever its own name; ``None`` if there is none.

    A package's own modules come first, then what lies beside the package, then what lies above it.
    """
    names: dict[str, str] = {}
    for path in sources.modules:
        if folder is not None and _is_in(path, folder):
            parts = _parts(path, folder)
            parts[-1] = sources.expected_name(path) or parts[-1]
            _put(names, [package, *parts], path)
    root = folder_of(folder or "")
    while True:
        for path in sources.modules:
            if _is_in(path, root) and path not in names.values():
                _put(names, _parts(path, root), path)
        if not root:
            return names
        root = folder_of(root)


class Library(MetaPathFinder, Loader):
    """Finds and runs the student's own modules, and is what their ``import`` asks.

    Args:
        names: see :func:`module_names`.
        package: the package that is imported under its own name.
        itself: what an import of the package gives where the code that imports it is a notebook's.
    """

    def __init__(
        self,
        names: Mapping[str, str],
        package: str,
        sources: Sources,
        runner: Runner,
        problems: Problems,
        itself: Callable[[], Any] | None = None,
    ) -> None:
        self._package = package
        self._sources = sources
        self._runner = runner
        self._problems = problems
        self._itself = itself
        self._roots = {root: _own(root) for root in (name.partition(".")[0] for name in names)}
        self._paths = {_own(name): path for name, path in names.items()}
        self._packages = {_own(part) for name in names for part in _above(name)}
        self._packages |= {name for name, path in self._paths.items() if path.endswith("__init__.py")}
        self._roots |= self._bare_names()
        self.builtins = {**vars(builtins), "__import__": self._import}
        self.builtins |= {"display": Inert("display"), "get_ipython": Inert("get_ipython")}

    def install(self) -> None:
        """Take the place of the library that was installed before, and forget its modules."""
        for finder in [finder for finder in sys.meta_path if isinstance(finder, Library)]:
            sys.meta_path.remove(finder)
            for name in [*finder._paths, *finder._packages]:
                sys.modules.pop(name, None)
        sys.meta_path.insert(0, self)

    def load(self, name: str) -> Mapping[str, Any]:
        """Run a module, by a name of :func:`module_names`, unless it has been; its namespace."""
        return vars(importlib.import_module(_own(name)))

    def find_spec(self, fullname: str, path: Sequence[str] | None = None, target: Any = None) -> ModuleSpec | None:
        """As the import system asks for it."""
        if fullname not in self._paths and fullname not in self._packages:
            return None
        return ModuleSpec(fullname, self, is_package=fullname in self._packages)

    def exec_module(self, module: ModuleType) -> None:
        """Run a module's statements; a folder without ``__init__.py`` has none."""
        path = self._paths.get(module.__name__)
        if path is None:
            return
        text, parsed = self._sources.parsed(path)
        filename = self._filename(path)
        vars(module).update(__builtins__=self.builtins, __file__=filename)
        self._runner.run(Piece(self._sources.part(path), filename, parsed.statements, text), vars(module))
