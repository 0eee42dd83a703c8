"""Which of a notebook's statements are its work, and which are experiments.

Imports and definitions are kept.  An assignment is kept where something that is kept reads the name
at the top level, and so on from there: constants, tables, aliases, lambdas.  What changes such a name's
object counts as an assignment: a method's call (``TABLE.update(…)``), ``setattr``, the call of a function of
the notebook that fills a table (``register("f", f)``), a loop that does nothing else but print.  Any other
call or plot is left out, and so is a loop that holds one.
"""

from __future__ import annotations

import ast
import re
import symtable
import warnings
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence, Set
from functools import cached_property

from .parsing import parse, statement_lines

__all__ = ["select"]

DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
ASSIGNMENTS = (ast.Assign, ast.AnnAssign, ast.AugAssign)
COMPOUND = (ast.If, ast.Try, ast.With, ast.For, ast.While)
QUIET = (ast.Pass, ast.Break, ast.Continue, *ASSIGNMENTS)

IN_PLACE = frozenset(
    """setattr delattr shuffle copyto fill_diagonal place put put_along_axis putmask at heapify heappush insort
    insort_left insort_right""".split()  # noqa: SIM905 - a list of names, to be read
)
"""Functions that change what they are given first, in whatever module."""

WORD = re.compile(r"[A-Za-z_]\w*")

DEFINED = re.compile(r"\n(?:async +)?(?:def|class) +(\w+)")

DEFINITION = re.compile(r"\n((?:async +)?(?:def|class) +(\w+)[^\n]*(?:\n(?:[ \t#)\]}][^\n]*)?(?=\n|\Z))*)")
"""A definition and its name: all up to the next line that begins with anything else in the first column."""

Changes = set[tuple[str, str | None]]
"""Names, and the function of the notebook that each is changed by, where it is by the call of one."""


def select(
    cells: Sequence[tuple[str, Sequence[ast.stmt]]], wanted: Collection[str], others: Iterable[str] = ()
) -> list[list[ast.stmt]]:
    """The statements to be run, cell by cell.

    Args:
        cells: each cell's source and its statements.
        wanted: names that are looked for in the end.
        others: sources of cells that are run in any case, as they are nothing but definitions and imports.
    """
    others = list(others)
    definitions: list[tuple[ast.stmt, str]] = []
    doubtful: list[tuple[ast.stmt, str]] = []
    assigned: set[str] = set()
    binding: dict[str, list[tuple[ast.stmt, str, str | None]]] = {}
    for text, statements in cells:
        for node in statements:
            if _is_definition(node):
                definitions.append((node, text))
            elif _only_assigns(node):
                stored = _stored(node)
                assigned |= _assigned(stored)
                for name in _bound(stored):
                    binding.setdefault(name, []).append((node, text, None))
            elif isinstance(node, (ast.Expr, *COMPOUND)):
                doubtful.append((node, text))
    changing = _Changing([*(text for text, _ in cells), *others], wanted, assigned)
    for node, text in doubtful:
        for name, by in changing.changes(node):
            binding.setdefault(name, []).append((node, text, by))
    kept = {node for node, _ in definitions}
    bound = frozenset(binding)
    needed = [(name, "") for name in wanted]
    for text in filter(changing.by_calls_in, others):
        definitions += [(node, text) for node in parse(text).statements]
    for node, text in definitions:
        needed += [(name, getattr(node, "name", "")) for name in _read(node, text, bound)]
    for text in others:
        if not changing.by_calls_in(text):
            needed += [(name, "") for name in _read_in(text, bound) or ()]
    while needed:
        name, reader = needed.pop()
        waiting: list[tuple[ast.stmt, str, str | None]] = []
        for node, text, by in binding.pop(name, ()):
            if by == reader:  # that a function reads the log that it keeps is no reason to call it
                waiting.append((node, text, by))
            elif node not in kept:
                kept.add(node)
                needed += [(read, "") for read in _read(node, text, bound)]
        if waiting:
            binding[name] = waiting
    return [[node for node in statements if node in kept] for _, statements in cells]


class _Changing:
    """Finds what statements change that are no assignments, in a notebook whose texts are given.

    Args:
        texts: all cells' sources.
        wanted: functions that an exercise asks for: to call one is an experiment.
        assigned: names that something is assigned to: what is imported is no table, ``plt.rcParams[x] = y`` or not.
            Those found later are added.
    """

    def __init__(self, texts: Iterable[str], wanted: Collection[str], assigned: set[str]) -> None:
        self._whole = "\n".join(["", *texts])
        self._defined = set(DEFINED.findall(self._whole))
        self._walrus = ":=" in self._whole
        self._wanted = wanted
        self._assigned = assigned
        self._changed_by: dict[str, set[str]] = {}

    def changes(self, node: ast.stmt) -> Changes:
        """What a statement changes or names; nothing where it does anything else besides, or that can't be told."""
        pieces = _pieces(node)
        if not all(isinstance(piece, (*QUIET, ast.Expr)) or _is_definition(piece) for piece in pieces):
            return set()
        alone = isinstance(node, ast.Expr)
        values = [piece.value for piece in pieces if isinstance(piece, ast.Expr)]
        if not alone:
            values = [value for value in values if not self._is_print(value)]
        calls = [self._by_value(value) for value in values if not isinstance(value, ast.Constant)]
        if alone:
            stored = _named(node) if self._walrus else []
        elif all(calls):
            stored = _stored(node)
        else:
            return set()
        named = _assigned(stored)
        calls = [{(name, by) for name, by in call if by or name in named or self._is_table(name)} for call in calls]
        if not alone and not all(calls):
            return set()
        self._assigned |= named
        return {(name, None) for name in _bound(stored)}.union(*calls)

    def by_calls_in(self, text: str) -> bool:
        """Whether a text may define a function that something is changed by the call of."""
        return any(changed and name in text for name, changed in self._changed_by.items())

    def _by_value(self, value: ast.expr) -> Changes:
        """What a call by itself may change."""
        found: Changes = {(name, None) for name in _objects(value)}
        while isinstance(value, ast.Call):  # ``register("f")(f)`` has two
            value = value.func
        if isinstance(value, ast.Name):
            found |= {(name, value.id) for name in self._changes_of(value.id)}
        return found

    def _is_print(self, value: ast.expr) -> bool:
        """Whether a value is a call of ``print``, which changes nothing, and makes no experiment of the rest."""
        name = getattr(value.func, "id", "") if isinstance(value, ast.Call) else ""
        return name == "print" and not self._is_table(name)

    def _is_table(self, name: str) -> bool:
        return name in self._assigned or name in self._defined

    def _changes_of(self, function: str) -> set[str]:
        """The tables at the top level that a function of the notebook changes by itself."""
        if function not in self._defined or function in self._wanted:
            return set()
        if function not in self._changed_by:
            found = self._definitions.get(function, ())
            self._changed_by[function] = {name for text in found for name in self._changed_in(text)}
        return self._changed_by[function]

    @cached_property
    def _definitions(self) -> dict[str, list[str]]:
        """All functions' and classes' texts, by name."""
        found: dict[str, list[str]] = {}
        for text, name in DEFINITION.findall(self._whole):
            found.setdefault(name, []).append(text)
        return found

    def _changed_in(self, text: str) -> set[str]:
        names = _names(text, self._assigned | self._defined, _globals_used)
        tables = set(filter(self._is_table, names or ()))
        changed = set()
        for node in parse(text).statements if tables else ():
            changed |= _bound(_stored(node))
            for part in ast.walk(node):
                if isinstance(part, ast.Expr):
                    changed |= _objects(part.value)
        return changed & tables


def _objects(value: ast.expr) -> set[str]:
    """The names whose objects a call is likely to change: those of methods, and what is to be filled."""
    if not isinstance(value, ast.Call):
        return set()
    function = value.func
    objects = [keyword.value for keyword in value.keywords if keyword.arg == "out"]
    if isinstance(function, ast.Attribute):
        objects.append(function)
    if getattr(function, "attr", getattr(function, "id", "")) in IN_PLACE:
        objects += value.args[:1]
    return set(map(_base, objects)) - {""}


def _pieces(node: ast.stmt) -> list[ast.stmt]:
    """What a compound statement consists of, however deep; any other is all there is of it."""
    pieces, waiting = [], [node]
    while waiting:
        part = waiting.pop()
        if isinstance(part, COMPOUND) and not _is_main_guard(part) and not _is_definition(part):
            waiting += _body(part)
        else:
            pieces.append(part)
    return pieces


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


def _stored(node: ast.stmt) -> list[ast.AST]:
    """All that a statement assigns to."""
    return [part for part in ast.walk(node) if isinstance(getattr(part, "ctx", None), ast.Store)]


def _named(node: ast.stmt) -> list[ast.AST]:
    """What is given a name within an expression: ``(HALF := 0.5)``."""
    return [part.target for part in ast.walk(node) if isinstance(part, ast.NamedExpr)]


def _assigned(stored: Iterable[ast.AST]) -> set[str]:
    """The names that are assigned to."""
    return {part.id for part in stored if isinstance(part, ast.Name)}


def _bound(stored: Iterable[ast.AST]) -> set[str]:
    """The names that are assigned to, or into: ``TABLE`` for ``TABLE[i] = x``."""
    return set(map(_base, stored)) - {""}


def _base(node: ast.AST) -> str:
    """The name that an object is reached by: ``TABLE`` in ``TABLE[i]`` and ``TABLE.setdefault(i, []).append``."""
    while True:
        if isinstance(node, (ast.Subscript, ast.Attribute, ast.Starred)):
            node = node.value
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            node = node.func
        else:
            return node.id if isinstance(node, ast.Name) else ""


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
    return _names(text, bound, _globals_read)


def _names(text: str, among: Set[str], which: Callable[[symtable.SymbolTable], Iterable[str]]) -> set[str] | None:
    """Names of a text, from its symbol tables; nothing if there is none of some others in it."""
    if not among or (text.isascii() and among.isdisjoint(WORD.findall(text))):  # the compiler need not be asked
        return set()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            table = symtable.symtable(text, "cell", "exec")
        except (SyntaxError, ValueError, RecursionError):
            return None
    return set(which(table))


def _globals_read(table: symtable.SymbolTable) -> Iterator[str]:
    top = table.get_type() == "module"
    for symbol in table.get_symbols():
        if symbol.is_referenced() and (top or symbol.is_global()):
            yield symbol.get_name()
    for inner in table.get_children():
        yield from _globals_read(inner)


def _globals_used(table: symtable.SymbolTable) -> Iterator[str]:
    """Names of the top level, those included that are declared global and assigned to."""
    yield from (symbol.get_name() for symbol in table.get_symbols() if symbol.is_global())
    for inner in table.get_children():
        yield from _globals_used(inner)
