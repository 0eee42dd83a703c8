"""The submissions that an exercise's folder holds, or that are made from it."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..errors import RubricError
from ..misconceptions import Misconception
from ..release.exercise import Exercise, text_of

__all__ = ["Files", "Submissions"]

Files = dict[str, bytes]


@dataclass(frozen=True)
class Submissions:
    """Submissions as files by relative path.

    Attributes:
        exercise: the exercise.
    """

    exercise: Exercise

    def reference(self, changed: Mapping[str, str] | None = None) -> Files:
        """The reference.

        Args:
            changed: modules' sources that take the place of the reference's, by name.
        """
        sources = {name: module.filled for name, module in self.exercise.modules.items()} | dict(changed or {})
        return self._files(sources)

    def stubs(self) -> Files:
        """What students begin with."""
        return self._files({name: module.stub for name, module in self.exercise.modules.items()})

    def alternatives(self) -> dict[str, Files]:
        """Right implementations, written otherwise, by name.

        A file is appended to the reference's module of its name, so that its definitions take the place of the
        reference's; a folder that defines every function that the rubric expects stands by itself.
        """
        folder = self.exercise.folder / "alternatives"
        names = sorted(path.name for path in folder.glob("[!._]*") if path.is_dir())
        return {name: self._with(folder / name) for name in names}

    def misconception(self, its: Misconception) -> Files:
        """The reference with a known mistake in it."""
        module = self.exercise.rubric.layout.functions[its.function]
        return self._appended({module: its.source})

    def _with(self, folder: Path) -> Files:
        sources = {path.stem: text_of(path) for path in sorted(folder.glob("*.py"))}
        if not sources:
            raise RubricError(f"{folder}: there is no module in it; put one there, or take the folder away")
        expected = self.exercise.rubric.layout.functions
        try:
            whole = all(module in sources and name in _defined(sources[module]) for name, module in expected.items())
        except SyntaxError as error:
            raise RubricError(f"{folder}: line {error.lineno} of a module is no Python: {error.msg}") from None
        return self._files(sources) if whole else self._appended(sources)

    def _appended(self, added: Mapping[str, str]) -> Files:
        sources = {name: module.filled for name, module in self.exercise.modules.items()}
        for name, text in added.items():
            sources[name] = f"{sources[name]}\n\n{text}" if name in sources else text
        return self._files(sources)

    def _files(self, sources: Mapping[str, str]) -> Files:
        package = self.exercise.rubric.package
        return {f"{package}/{name}.py": source.encode() for name, source in sorted(sources.items())}


def _defined(source: str) -> set[str]:
    """The names that a module's text gives a value anywhere at all."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            names.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.alias):
            names.add(node.asname or node.name)
    return names
