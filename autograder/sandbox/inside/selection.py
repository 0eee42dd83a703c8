"""Which of a notebook's statements are its work, and which are experiments.

Imports and definitions are kept.  An assignment is kept where something that is kept reads the name
at the top level, and so on from there: constants, tables, aliases, lambdas.  Calls, plots and loops
that do more than assign are left out.
"""

from __future__ import annotations

import ast
import re
import symtable
import warnings
from collections.abc import Collection, Iterable, Sequence, Set

from .parsing import statement_lines

__all__ = ["select"]

DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
ASSIGNMENTS = (ast.Assign, ast.AnnAssign, ast.AugAssign)
COMPOUND = (ast.If, ast.Try, ast.With, ast.For, ast.While)

WORD = re.compile(r"[A-Za-z_]\w*")


def select(
    cells: Sequence[tuple[str, Sequence[ast.stmt]]], wanted: Collection[str], others: Iterable[str] = ()
) -> list[list[ast.stmt]]:
    """The statements to be run, cell by cell.

    Args:
        cells: each cell's source and its statements.
        wanted: names that are looked for in the end.
        others: sources of cells that are run in any case, as they are nothing but definitions and imports.
    """
    definitions: list[tuple[ast.stmt, str]] = []
    binding: dict[str, list[tuple[ast.stmt, str]]] = {}
    for text, statements in cells:
        for node in statements:
            if _is_definition(node):
                definitions.append((node, text))
            elif _only_assigns(node):
                for name in _bound(node):
                    binding.setdefault(name, []).append((node, text))
    kept = {node for node, _ in definitions}
    bound = frozenset(binding)
    needed = [*wanted, *(name for node, text in definitions for name in _read(node, text, bound))]
    needed += [name for text in others for name in _read_in(text, bound) or ()]
    while needed:
        for node, text in binding.pop(needed.pop(), ()):
            if node not in kept:
                kept.add(node)
                needed.extend(_read(node, text, bound))
    return [[node for node in statements if node in kept] for _, statements in cells]


def _is_definition(node: ast.stmt) -> bool:
    """An import or a definition, or an ``if`` or ``try`` round some and nothing else."""
    if isinstance(node, DEFINITIONS):
        return True
    if not isinstance(node, (ast.If, ast.Try)) or _is_main_guard(node):
        return False
    parts = _body(node)
    return any(map(_is_definition, parts)) and all(
        _is_definition(part) or isinstance(part, (ast.Pass, ast.Expr, *ASSIGNMENTS)) for part in parts
    )


def _only_assigns(node: ast.stmt) -> bool:
    if isinstance(node, COMPOUND):
        return not _is_main_guard(node) and all(
            isinstance(part, ast.Pass) or _only_assigns(part) or _is_definition(part) for part in _body(node)
        )
    return isinstance(node, ASSIGNMENTS)


def _body(node: ast.stmt) -> list[ast.stmt]:
    """The statements in a compound one, those of its other branches included."""
    branches = [getattr(node, name, []) for name in ("body", "orelse", "finalbody")]
    branches += [handler.body for handler in getattr(node, "handlers", [])]
    return [part for branch in branches for part in branch]


def _is_main_guard(node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and any(
        isinstance(part, ast.Name) and part.id == "__name__" for part in ast.walk(node.test)
    )


def _bound(node: ast.stmt) -> set[str]:
    """The names that a statement assigns to, or into: ``TABLE`` for ``TABLE[i] = x``."""
    names = set()
    for part in ast.walk(node):
        if isinstance(getattr(part, "ctx", None), ast.Store):
            while isinstance(part, (ast.Subscript, ast.Attribute, ast.Starred)):
                part = part.value
            if isinstance(part, ast.Name):
                names.add(part.id)
    return names


def _read(node: ast.stmt, text: str, bound: Set[str]) -> set[str]:
    """Which of the bound names a statement reads at the top level, or when its functions are called later."""
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return set()
    first, last = statement_lines(node)
    names = _read_in("\n".join(text.split("\n")[first - 1 : last]), bound)
    if names is None:  # it shares its lines with another statement, say
        return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    return names


def _read_in(text: str, bound: Set[str]) -> set[str] | None:
    """The same of a text; ``None`` where it is no Python by itself."""
    if not bound or (text.isascii() and bound.isdisjoint(WORD.findall(text))):  # the compiler need not be asked
        return set()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            table = symtable.symtable(text, "cell", "exec")
        except (SyntaxError, ValueError, RecursionError):
            return None
    return set(_globals_read([table]))


def _globals_read(tables: Iterable[symtable.SymbolTable]) -> Iterable[str]:
    for table in tables:
        top = table.get_type() == "module"
        for symbol in table.get_symbols():
            if symbol.is_referenced() and (top or symbol.is_global()):
                yield symbol.get_name()
        yield from _globals_read(table.get_children())
