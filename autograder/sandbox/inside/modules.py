"""A submission's functions by name: the one thing that the worker wants of all the rest.

Nothing of a submission can make this fail: what can't be used is a problem in the reply, and what
can be used is loaded all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any

from .. import wire
from . import files, notebook
from .imports import Library, module_names
from .locate import Place, locate
from .notes import Notes
from .running import Runner
from .sources import Sources, folder_of, stem_of
from .standins import Inert
from .unpack import expanded, unzipped
from .written import Texts, source

__all__ = ["load"]

Functions = dict[str, Callable[..., Any]]
Namespace = Mapping[str, Any]

MAX_NESTED = 2
"""How deep zips lie in each other."""


def load(
    request: wire.Load, say: Callable[[wire.Loading], None], *, shim_files: bool = True
) -> tuple[Functions, wire.Loaded]:
    """Take a submission apart and run its modules, or its notebook's definitions.

    Args:
        request: the submission and the functions that are looked for.
        say: told of each part before it is touched; see :class:`.notes.Notes`.
        shim_files: give files that are written a place in memory (:mod:`.files`).
    """
    if shim_files:
        files.install()
    notes = Notes(say, request.skip)
    loader = _Loader(request, notes)
    functions = loader.functions()
    return functions, wire.Loaded(tuple(functions), notes.problems(), loader.sources(functions))


class _Loader:
    """Loads one submission."""

    def __init__(self, request: wire.Load, notes: Notes) -> None:
        self._request = request
        self._notes = notes
        self._package = request.package
        self._module_of = request.functions
        self._modules = tuple(dict.fromkeys(request.functions.values()))
        self._found: Functions = {}
        self._text: Texts = str

    def functions(self) -> Functions:
        """Find the work, run it, and pick the functions out, in the order in which they were asked for."""
        sources, place = self._find()
        if place is None:
            self._notes.add("", "missing", f"there is no folder {self._package}, no module and no notebook in it")
        elif place.notebook:
            self._run_notebook(sources, place, place.notebook)
        else:
            self._run_modules(sources, place)
        return {name: self._found[name] for name in self._module_of if name in self._found}

    def sources(self, functions: Functions) -> dict[str, wire.Source]:
        """What the functions were read from, as far as that can be told."""
        found = {name: source(function, self._text) for name, function in functions.items()}
        return {name: one for name, one in found.items() if one is not None}

    def _find(self) -> tuple[Sources, Place | None]:
        """Look among the files; where nothing is found, in the zips among them, and in the zips in these."""
        tree = dict(self._request.files)
        if self._request.kind == "zip":
            tree = {path: data for name in tree for path, data in unzipped(name, tree[name], self._notes).items()}
        for nested in range(MAX_NESTED + 1):
            tree = expanded(tree, self._notes) if nested else tree
            sources = Sources(tree, self._modules, self._notes)
            place = locate(sources, self._package, self._module_of, self._notes)
            if place:
                break
        return sources, place

    def _run_modules(self, sources: Sources, place: Place) -> None:
        runner = Runner(self._notes)
        self._text = runner.text
        names = module_names(sources, self._package, place.folder, folder_of(place.folder))
        library = Library(names, self._package, place.folder, sources, runner, self._notes, given=self._request.given)
        present = {m: names[f"{self._package}.{m}"] for m in self._modules if f"{self._package}.{m}" in names}
        self._tell_names(place.folder, present)
        namespaces = {module: library.load(f"{self._package}.{module}") for module in present}
        runner.try_again()
        for name, module in self._module_of.items():
            if module in namespaces:
                self._pick(name, namespaces[module], module)
        self._look_elsewhere(names, library, runner, sources)
        found_in = {self._module_of[name] for name in self._found}
        for module in self._modules:
            if module not in present and module not in found_in:
                self._notes.add(module, "missing", f"there is no {module}.py")

    def _tell_names(self, folder: str, present: Mapping[str, str]) -> None:
        """Tell where the folder's or a module's name was right but for its case."""
        name = folder.rpartition("/")[2]
        if name != self._package and name.casefold() == self._package.casefold():
            self._notes.add("", "odd", f"the folder {folder} was taken for {self._package}")
        for module, path in present.items():
            if stem_of(path) != module:
                self._notes.add(module, "odd", f"{path} was taken for {module}.py")

    def _look_elsewhere(self, names: Mapping[str, str], library: Library, runner: Runner, sources: Sources) -> None:
        """Take functions from modules in which nobody expected them."""
        for name, module in self._module_of.items():
            for importable, path in names.items():
                if name in self._found:
                    break
                if not stem_of(path).startswith("test") and sources.mentions(path, name):
                    namespace = library.load(importable)
                    runner.try_again()
                    if self._pick(name, namespace, sources.part(path)):
                        self._notes.add(module, "odd", f"{name} was found in {path}, not in {module}.py")

    def _run_notebook(self, sources: Sources, place: Place, found: notebook.Notebook) -> None:
        if found.trouble:
            self._notes.add(place.path, "syntax", found.trouble)
        for unread in found.unread:
            self._notes.add(place.path, "odd", unread)
        runner = Runner(self._notes, protected=self._module_of)
        self._text = runner.text
        module = ModuleType("the notebook")
        itself = notebook.Itself({self._package, *self._modules}, vars(module))
        names = module_names(sources, self._package, None, place.folder)
        library = Library(names, self._package, None, sources, runner, self._notes, itself, self._request.given)
        namespace = library.adopt(module, place.path)
        notebook.run(found, namespace, self._module_of, runner, self._notes)
        runner.try_again()
        for name in self._module_of:
            self._pick(name, namespace, place.path)

    def _pick(self, name: str, namespace: Namespace, part: str) -> bool:
        """Take a function, if that is what the name stands for."""
        thing = namespace.get(name)
        if thing is None or issubclass(type(thing), (Inert, notebook.Later)):
            return False
        if not callable(thing):
            self._notes.add(part, "odd", f"{name} is no function")
            return False
        self._found[name] = thing
        return True
