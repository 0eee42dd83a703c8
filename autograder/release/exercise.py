"""An exercise as its folder has it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ..errors import RubricError
from ..grading.rubrics import LoadedRubric
from ..rubric import Rubric
from .source import Module

__all__ = ["Exercise"]

LEFT_OUT = {"__pycache__", ".ipynb_checkpoints", ".DS_Store"}


@dataclass(frozen=True)
class Exercise:
    """A rubric and what lies beside it (see :mod:`autograder.release`).

    Attributes:
        loaded: the rubric.
    """

    loaded: LoadedRubric

    @property
    def folder(self) -> Path:
        """The folder of the rubric's module."""
        return self.loaded.folder

    @property
    def rubric(self) -> Rubric:
        """The marking scheme."""
        return self.loaded.rubric

    @cached_property
    def modules(self) -> Mapping[str, Module]:
        """The reference modules by name.

        Raises:
            RubricError: if there are none, or one lacks a function that the rubric expects in it.
        """
        paths = sorted((self.folder / "reference").glob("*.py"))
        modules = {
            path.stem: Module(path.stem, path.read_text(encoding="utf-8")) for path in paths if path.stem != "__init__"
        }
        if not modules:
            raise RubricError(f"{self.folder / 'reference'}: there are no reference modules to make stubs from")
        for function, name in self.rubric.layout.functions.items():
            if name not in modules or not any(function in part.names for part in modules[name].parts):
                where = self.folder / "reference" / f"{name}.py"
                raise RubricError(f"{where}: the rubric expects {function} here; define it, or name its module rightly")
        return modules

    @property
    def story(self) -> Path | None:
        """The notebook's story, if there is one."""
        path = self.folder / "notebook" / "story.md"
        return path if path.is_file() else None

    def given(self, kit: str) -> dict[str, bytes]:
        """The files that a kit (``python`` or ``notebook``) gets as they are, by relative path."""
        files = {f"data/{name}": data for name, data in _files(self.folder / "data") if not name.endswith(".py")}
        return {**files, **dict(_files(self.folder / "given" / "both")), **dict(_files(self.folder / "given" / kit))}


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not LEFT_OUT.intersection(path.parts):
            yield path.relative_to(folder).as_posix(), path.read_bytes()
