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

__all__ = ["Exercise", "text_of"]

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
            RubricError: if there are none, one can't be read, or one lacks a function that the rubric expects in it.
        """
        paths = sorted((self.folder / "reference").glob("*.py"))
        modules = {path.stem: Module(path.stem, text_of(path)) for path in paths if path.stem != "__init__"}
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


def text_of(path: Path) -> str:
    """The text of a file of an exercise's folder.

    Raises:
        RubricError: it can't be read, or is not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise RubricError(f"{path}: not UTF-8; save it as UTF-8") from None
    except OSError as error:
        raise RubricError(f"{path}: can't be read ({error.strerror}); see to its permissions") from None


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not LEFT_OUT.intersection(path.parts):
            yield path.relative_to(folder).as_posix(), path.read_bytes()
