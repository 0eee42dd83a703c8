"""A reference module, taken apart: what students are given, and what stands for their work.

What stands between a line ``### BEGIN SOLUTION`` and a line ``### END SOLUTION`` of the same
indentation is the solution.  In a function it becomes ``raise NotImplementedError``; at the top
level (helpers that students may or may not think of) nothing is left of it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ..errors import RubricError

__all__ = ["BEGIN", "END", "STUB", "Module", "Part"]

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"

STUB = "raise NotImplementedError"
"""What stands in a function in the place of its solution."""

MARK = re.compile(rf"^( *)(?:{BEGIN}|{END}) *$\n?", re.MULTILINE)
IN_FUNCTION = re.compile(rf"^( +){BEGIN} *\n.*?^\1{END} *$", re.MULTILINE | re.DOTALL)
AT_TOP = re.compile(rf"\n*^{BEGIN} *\n.*?^{END} *\n+", re.MULTILINE | re.DOTALL)

IMPORTS = (ast.Import, ast.ImportFrom)
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


@dataclass(frozen=True)
class Part:
    """A statement at a module's top level, but for imports and the docstring.

    Attributes:
        names: what it defines or assigns.
        source: its lines with their marks, the comment right above it included.
        solution: whether all of it is the solution's.
    """

    names: tuple[str, ...]
    source: str
    solution: bool

    @property
    def stub(self) -> str:
        """Its source as students get it."""
        return _without_solutions(self.source)

    @property
    def filled(self) -> str:
        """Its source with the solution, without the marks."""
        return MARK.sub("", self.source).rstrip("\n")


@dataclass(frozen=True)
class Module:
    """A reference module.

    Attributes:
        name: its name.
        source: its text.

    Raises:
        RubricError: if it isn't Python, or a mark has no counterpart of its own indentation.
    """

    name: str
    source: str

    def __post_init__(self) -> None:
        open_mark: tuple[str, int] | None = None
        for number, line in enumerate(self.source.splitlines(), 1):
            mark = MARK.match(line)
            if mark is None:
                continue
            begins, indentation = BEGIN in line, mark[1]
            if begins == (open_mark is not None) or (open_mark and open_mark[0] != indentation):
                raise RubricError(f"{self.name}.py, line {number}: {line.strip()} has no counterpart")
            open_mark = (indentation, number) if begins else None
        if open_mark is not None:
            raise RubricError(f"{self.name}.py, line {open_mark[1]}: {BEGIN} has no counterpart")

    @property
    def stub(self) -> str:
        """The whole module as students get it."""
        return _without_solutions(self.source)

    @property
    def filled(self) -> str:
        """The whole module with the solution, without the marks."""
        return MARK.sub("", self.source)

    @cached_property
    def tree(self) -> ast.Module:
        """The module's syntax tree; its line numbers are those of ``source``."""
        try:
            return ast.parse(self.source)
        except SyntaxError as error:
            raise RubricError(f"{self.name}.py, line {error.lineno}: {error.msg}") from None

    @cached_property
    def solution_lines(self) -> frozenset[int]:
        """The numbers of the lines between the marks."""
        inside, numbers = False, set()
        for number, line in enumerate(self.source.splitlines(), 1):
            if MARK.match(line):
                inside = BEGIN in line
            elif inside:
                numbers.add(number)
        return frozenset(numbers)

    @property
    def parts(self) -> Iterator[Part]:
        """What stands at the top level, in order, without imports and the docstring."""
        lines = self.source.splitlines()
        for node in self.tree.body:
            if isinstance(node, IMPORTS) or _is_text(node):
                continue
            source = "\n".join(lines[slice(*_extent(node, lines))])
            yield Part(tuple(_names(node)), source, node.lineno in self.solution_lines)


def _without_solutions(source: str) -> str:
    return AT_TOP.sub("\n\n\n", IN_FUNCTION.sub(rf"\1{STUB}", source))


def _extent(node: ast.stmt, lines: list[str]) -> tuple[int, int]:
    """The lines of a statement: from the comment above it to the last indented line below it."""
    start = min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", []))]) - 1
    while start and lines[start - 1].startswith("#") and not MARK.match(lines[start - 1]):
        start -= 1
    end = node.end_lineno or node.lineno
    for number in range(end, len(lines)):
        if lines[number].startswith(" "):  # the mark that closes a function's solution
            end = number + 1
        elif lines[number]:
            break
    return start, end


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _names(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, DEFINITIONS):
        yield node.name
    else:
        for part in ast.walk(node):
            if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
                yield part.id
