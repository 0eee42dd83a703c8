"""What must not be published, and whether it is: solutions, the marking scheme's own code, hidden cases.

Hidden cases are drawn anew for each submission, so there is no end of them.  Those looked for are of the
seeds that a mistake would take: the release's own, with which the visible cases are drawn, and that of a
submission without a name under a key without a letter.  Numbers that don't depend on the seed are
among them either way.
"""

from __future__ import annotations

import ast
import functools
import itertools
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ..grading import seeds
from .exercise import Exercise
from .opened import opened
from .secret_code import Code, bodies, comments, statements
from .secret_numbers import Numbers

__all__ = ["Leak", "Secrets"]


@dataclass(frozen=True)
class Leak:
    """Something secret in a published file.

    Attributes:
        where: the file; in an archive, what is behind the ``!``.
        what: a sentence.
    """

    where: str
    what: str


@dataclass(frozen=True)
class Secrets:
    """What an exercise keeps from students.

    Attributes:
        exercise: the exercise.
        seeds: seeds of hidden cases, as well as those that are always looked for.
    """

    exercise: Exercise
    seeds: Sequence[str] = ()

    def leaks(self, files: Mapping[str, bytes]) -> Iterator[Leak]:
        """All that is secret in files, by their paths; archives among them are opened."""
        found: dict[str | bytes, list[str]] = {}
        leaks: dict[Leak, None] = {}
        for where, piece in opened(files):
            if piece not in found:  # the same file may be in several archives
                found[piece] = list(self._found_in(piece))
            leaks |= {Leak(where, what): None for what in found[piece]}
        yield from leaks

    def _found_in(self, piece: str | bytes) -> Iterator[str]:
        if isinstance(piece, str):
            yield from (f"code of a solution: {line}" for line in self._solutions.found_in(piece))
            yield from (f"code of the marking scheme: {line}" for line in self._scheme.found_in(piece))
        yield from (f"numbers of {origin}" for origin in self._numbers.found_in(piece))

    @cached_property
    def _solutions(self) -> Code:
        secret: list[ast.stmt | str] = []
        whole: list[list[ast.stmt]] = []
        free: list[ast.stmt] = []
        for module in self.exercise.modules.values():
            inside = functools.partial(_stands_in, module.solution_lines)
            secret += filter(inside, statements(module.tree))
            secret += comments(module.source, module.solution_lines)
            whole += (body for body in bodies(module.tree) if all(map(inside, body)))
            free += itertools.filterfalse(inside, statements(module.tree))
        return Code(secret, whole, free)

    @cached_property
    def _scheme(self) -> Code:
        """The instructors' other modules, by whole functions: their single statements are anybody's."""
        folder = self.exercise.folder
        trees = [ast.parse(path.read_bytes()) for path in _python_files(folder)]
        return Code([], [body for tree in trees for body in bodies(tree)])

    @cached_property
    def _numbers(self) -> Numbers:
        return Numbers(self._hidden())

    def _hidden(self) -> Iterator[tuple[str, Any]]:
        rubric = self.exercise.rubric
        usual = (seeds.public_seed(rubric.name), seeds.submission_seed("", rubric.name, ""))
        for task in rubric.tasks:
            for check in task.checks:
                for seed in () if check.visible else (*usual, *self.seeds):
                    prepared = check.prepare(rubric.reference, seeds.generator(seed, task.name, check.name))
                    origin = f"the hidden check {task.name}/{check.name}"
                    yield origin, [[case.args, case.kwargs] for case in prepared.cases]
                    yield origin, prepared.expected


def _stands_in(lines: Container[int], node: ast.stmt) -> bool:
    return node.lineno in lines


def _python_files(folder: Path) -> list[Path]:
    """The modules beside the rubric that are neither published nor searched line by line."""
    apart = {folder / name for name in ("reference", "given", "data")}
    return [path for path in sorted(folder.rglob("*.py")) if not apart.intersection(path.parents)]
