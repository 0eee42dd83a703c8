"""The files of a submission, decoded once each."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from .notes import Notes
from .parsing import decode, parse

__all__ = ["Sources", "folder_of", "names_written", "stem_of"]


class Sources:
    """The modules among the files.

    Args:
        files: bytes by path, ``/`` between the parts of a path.
        expected: the names of the modules that the exercise asks for.
    """

    def __init__(self, files: Mapping[str, bytes], expected: Collection[str], notes: Notes) -> None:
        self.files = files
        self._expected = {name.casefold(): name for name in expected}
        self._notes = notes
        self._texts: dict[str, str] = {}

    @property
    def modules(self) -> Iterator[str]:
        """The paths of all modules."""
        return (path for path in self.files if path.lower().endswith(".py"))

    @property
    def notebooks(self) -> Iterator[str]:
        """The paths of all notebooks."""
        return (path for path in self.files if path.lower().endswith(".ipynb"))

    def expected(self, path: str) -> str:
        """The expected module that this file is, whatever the case of its name, or nothing."""
        return self._expected.get(stem_of(path).casefold(), "")

    def part(self, path: str) -> str:
        """How a file is named in announcements and problems."""
        return self.expected(path) or path

    def text(self, path: str) -> str:
        """A module's source; nothing if an earlier worker died in it."""
        if path not in self._texts:
            text, odd = decode(self.files[path])
            if odd:
                self._notes.add(self.part(path), "odd", f"the file is not UTF-8; it was read as {odd}")
            self._texts[path] = "" if self._notes.skips(self.part(path)) else text
        return self._texts[path]

    def written(self, path: str, functions: Collection[str]) -> set[str]:
        """Which of the functions a module defines, stubs left out."""
        with self._notes.within(self.part(path)):
            return names_written(parse(self.text(path)).statements) & set(functions)

    def mentions(self, path: str, name: str) -> bool:
        """Whether a module seems to define a name: a look at the text, without parsing it."""
        pattern = rf"^(?:async +def|def|class) +{re.escape(name)}\b|^{re.escape(name)} *="
        return bool(re.search(pattern, self.text(path), re.MULTILINE))


def folder_of(path: str) -> str:
    """The folder that a path is in; the empty string at the top."""
    return path.rpartition("/")[0]


def stem_of(path: str) -> str:
    """A file's name without folder and suffix."""
    return path.rpartition("/")[2].rpartition(".")[0]


def names_written(statements: Iterable[ast.stmt]) -> set[str]:
    """The names that are defined at the top level, stubs left out."""
    names: set[str] = set()
    for node in statements:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            (names.discard if all(map(_does_nothing, node.body)) else names.add)(node.name)
        elif isinstance(node, ast.Assign):
            names.update(target.id for target in node.targets if isinstance(target, ast.Name))
    return names


def _does_nothing(node: ast.stmt) -> bool:
    """Whether a statement is what a stub's body is made of."""
    if isinstance(node, ast.Raise):
        raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
        return isinstance(raised, ast.Name) and raised.id in ("NotImplementedError", "NotImplemented")
    if isinstance(node, ast.Return):
        return node.value is None or (isinstance(node.value, ast.Constant) and node.value.value is None)
    return isinstance(node, ast.Pass) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
