"""Mutants: the reference with one small thing changed in one of its functions.

A mutant is told by its function and by the lines that differ, as ``ast.unparse`` writes them: a change
elsewhere in the module leaves it the mutant that it was, and so a record of it stays true.
"""

from __future__ import annotations

import ast
import copy
import difflib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from . import operators

__all__ = ["Mutant", "mutants"]

Function = ast.FunctionDef


@dataclass(frozen=True)
class Mutant:
    """One changed function.

    Attributes:
        module: the reference module that it is in.
        function: the changed function's name.
        before: the lines that are gone, without indentation.
        after: the lines that are there in their place.
        occurrence: which one it is of those that read the same, from 1.
        source: the whole module.
    """

    module: str
    function: str
    before: str
    after: str
    occurrence: int
    source: str

    @property
    def diff(self) -> str:
        """The change as a person reads it."""
        lines = [f"- {line}" for line in self.before.splitlines()] + [f"+ {line}" for line in self.after.splitlines()]
        which = f" (no. {self.occurrence} of this text)" if self.occurrence > 1 else ""
        return "\n".join([f"{self.module}.{self.function}{which}", *lines])


def mutants(modules: Mapping[str, str]) -> Iterator[Mutant]:
    """All mutants of reference modules, from their sources by name, in order.

    Functions at the top level are changed, one place at a time, their defaults included.  What differs from
    the reference or another mutant only in how it is written is left out, and so is what is raised: no mark hangs
    on an error's text.
    """
    for name, source in modules.items():
        lines = source.splitlines(keepends=True)
        for node in ast.parse(source).body:
            if isinstance(node, Function):
                yield from _of_function(name, node, lines)


def _of_function(module: str, node: Function, lines: list[str]) -> Iterator[Mutant]:
    plain = copy.deepcopy(node)
    if ast.get_docstring(plain) is not None:
        plain.body = plain.body[1:] or [ast.Pass()]
    original = ast.unparse(plain)
    seen = {original}
    alike: Counter[tuple[str, str]] = Counter()
    first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
    for text in _changed(plain):
        if text in seen:
            continue
        seen.add(text)
        before, after = _difference(original, text)
        alike[before, after] += 1
        source = "".join([*lines[: first - 1], text, "\n", *lines[node.end_lineno :]])
        yield Mutant(module, node.name, before, after, alike[before, after], source)


def _difference(original: str, text: str) -> tuple[str, str]:
    gone, come = [], []
    for line in difflib.ndiff(original.splitlines(), text.splitlines()):
        if line.startswith("- "):
            gone.append(line[2:].strip())
        elif line.startswith("+ "):
            come.append(line[2:].strip())
    return "\n".join(gone), "\n".join(come)


def _changed(function: Function) -> Iterator[str]:
    """The function's text with one place changed, for each place and change."""
    known = _arguments(function)
    for position, statement in enumerate(_statements(function)):
        for new in operators.statements(statement, frozenset(known)):
            yield _with(function, position, new, ast.stmt)
        known |= {
            part.id for part in ast.walk(statement) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
        }
    for position, expression in enumerate(_expressions(function)):
        for changed in operators.expressions(expression):
            yield _with(function, position, changed, ast.expr)


def _arguments(function: Function) -> set[str]:
    return {part.arg for part in ast.walk(function.args) if isinstance(part, ast.arg)}


def _statements(function: Function) -> list[ast.stmt]:
    return [node for node in ast.walk(function) if isinstance(node, ast.stmt) and node is not function]


def _expressions(function: Function) -> list[ast.expr]:
    """Those that may be changed: not an annotation, a decorator, an error's text or a piece of an f-string's."""
    skip: set[int] = set()
    for node in ast.walk(function):
        parts: list[ast.AST] = []
        if isinstance(node, ast.Raise):
            parts = list(ast.walk(node))
        elif isinstance(node, ast.JoinedStr):
            parts = [node, *(part for part in node.values if isinstance(part, ast.Constant))]
        elif isinstance(node, ast.FormattedValue) and node.format_spec is not None:
            parts = list(ast.walk(node.format_spec))
        elif isinstance(node, ast.FunctionDef):
            parts = [part for each in node.decorator_list for part in ast.walk(each)]
            if node.returns is not None:
                parts += ast.walk(node.returns)
        elif isinstance(node, (ast.arg, ast.AnnAssign)) and node.annotation is not None:
            parts = list(ast.walk(node.annotation))
        skip.update(map(id, parts))
    return [node for node in ast.walk(function) if isinstance(node, ast.expr) and id(node) not in skip]


def _with(function: Function, position: int, new: ast.AST, kind: type[ast.stmt] | type[ast.expr]) -> str:
    """The text of the function with another node in the place of the one at a position."""
    changed = copy.deepcopy(function)
    listed: list[ast.stmt] | list[ast.expr] = _statements(changed) if kind is ast.stmt else _expressions(changed)
    _Put(listed[position], copy.deepcopy(new)).visit(changed)
    return ast.unparse(ast.fix_missing_locations(changed))


class _Put(ast.NodeTransformer):
    """Puts a node in the place of another."""

    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self._old, self._new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        """The new node, where the old one stands."""
        if node is self._old:
            return self._new
        self.generic_visit(node)
        return node
