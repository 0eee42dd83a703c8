"""Running a submission's own code at the top level, one statement at a time.

A statement that fails costs itself and what depends on it, and no more: an experiment at the end of
a module, a file that isn't there, a plot.
"""

from __future__ import annotations
import __future__

import ast
import linecache
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from types import CodeType
from typing import Any

from .notes import Notes, told
from .parsing import PARSER_ERRORS, compiled, parse

__all__ = ["Piece", "Runner"]

Namespace = dict[str, Any]

DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)

IMPORT_ERRORS = frozenset(["ImportError", "ModuleNotFoundError", "Exception", "BaseException"])

MAX_STUCK_LINES = 1
"""A file that hung in more lines than this is loaded without any that could hang."""


LOUD = re.compile(
    r"""\n (?![ \n])
    (?: [\w.]+\ *[(\[] | (?:for|while|with|assert)\b | if\b(?!\ *__name__) | [^\s\#@"'(=][^(=\n]*=.*[(*] )""",
    re.VERBOSE,
)
"""A line of a statement that does something: a call, a loop, an assignment of more than a constant.

It begins with the line feed before it: that is found much faster than the beginning of a line.
"""

PYTHON_ITSELF = "Python itself would not load this file: {}. The rest of it was read piece by piece"


@dataclass(frozen=True)
class Piece:
    """The code of one file or cell.

    Attributes:
        part: how it is announced, and named in problems.
        filename: what tracebacks name.
        text: the source.
    """

    part: str
    filename: str
    text: str


@dataclass(frozen=True)
class _Failed:
    """A statement to be tried again when everything has been loaded."""

    part: str
    line: int
    code: CodeType
    namespace: Namespace
    message: str


@dataclass(frozen=True)
class _Raised:
    """What is kept of an exception: its class itself, since the object may lie about it."""

    kind: type[BaseException]
    message: str

    def is_a(self, *kinds: type[BaseException]) -> bool:
        return issubclass(self.kind, kinds)


class Runner:
    """Runs pieces.

    Args:
        notes: told of each part before it runs, and of what fails.
        protected: names that, once they can be called, no assignment makes into something else: in
            a notebook ``loss = loss(x)`` is an experiment.
    """

    def __init__(self, notes: Notes, protected: Collection[str] = ()) -> None:
        self._notes = notes
        self._protected = frozenset(protected)
        self._failed: list[_Failed] = []
        self._pieces: dict[str, Piece] = {}

    def run(self, piece: Piece, namespace: Namespace) -> None:
        """Run a whole file in a namespace; what fails becomes a problem.  Nothing is raised."""
        self._remember(piece)
        with self._notes.within(piece.part):
            if self._at_once(piece, namespace):
                return
            parsed = parse(piece.text)
            for fault in parsed.faults:
                self._notes.add(piece.part, "syntax", PYTHON_ITSELF.format(fault.message), fault.line)
            self.run_statements(piece, parsed.statements, namespace)

    def run_statements(self, piece: Piece, statements: Sequence[ast.stmt], namespace: Namespace) -> None:
        """Run some of a piece's statements, as :meth:`run` does."""
        self._remember(piece)
        careful = self._notes.lines_skipped(piece.part) > MAX_STUCK_LINES
        if careful:
            self._notes.add(piece.part, "error", "only its definitions were run: the code hung or died here before")
        flags = _future_flags(statements)
        with self._notes.within(piece.part):
            for node in statements:
                if isinstance(node, DEFINITIONS) or _is_constant(node):
                    self._statement(node, piece, flags, namespace)
                    continue
                line = f"{piece.part} line {node.lineno}"
                if not careful and not self._notes.skips(line):
                    with self._notes.within(line):
                        self._statement(node, piece, flags, namespace)

    def run_definitions(self, piece: Piece, code: CodeType, namespace: Namespace) -> bool:
        """Run a piece that is nothing but definitions as a whole, which takes a part of the time.

        Where it fails, or takes a protected name, nothing is told, and ``False`` returned: its statements
        are then to be run one by one.
        """
        self._remember(piece)
        before = {name: namespace[name] for name in self._protected & namespace.keys()}
        with self._notes.within(piece.part):
            raised = _executed(code, namespace)
        if not raised and all(callable(namespace[name]) for name in self._protected & namespace.keys()):
            return True
        namespace.update(before)
        return False

    def try_again(self) -> None:
        """Give imports and definitions a second chance that failed for a name that came later."""
        failed, self._failed = self._failed, []
        for one in failed:
            with self._notes.within(one.part):
                if self._execute(one.code, one.namespace):
                    self._notes.add(one.part, "error", one.message, one.line)

    def importing_part(self, filename: str, line: int) -> str | None:
        """The part that an import stands in; ``None`` where a ``try`` round it handles its failing."""
        piece = self._pieces.get(filename)
        if piece is None:
            return ""
        if "try" not in piece.text:  # as nearly ever; it spares a notebook the parsing of each cell once more
            return piece.part
        handled = any(_has_handled_import(node, line) for node in parse(piece.text).statements)
        return None if handled else piece.part

    def text(self, filename: str) -> str:
        """The source of a file or cell, by the name that tracebacks have for it; nothing if there is none."""
        piece = self._pieces.get(filename)
        return piece.text if piece else ""

    def _remember(self, piece: Piece) -> None:
        """For tracebacks, ``inspect``, and :meth:`importing_part`."""
        self._pieces[piece.filename] = piece
        lines = [f"{line}\n" for line in piece.text.split("\n")]
        linecache.cache[piece.filename] = (len(piece.text), None, lines, piece.filename)

    def _at_once(self, piece: Piece, namespace: Namespace) -> bool:
        """Run a file as Python does, if it holds definitions alone and nothing fails: it takes half the time."""
        if LOUD.search(f"\n{piece.text}"):
            return False
        try:
            code = compiled(piece.text, piece.filename)
        except PARSER_ERRORS:
            return False
        return self._execute(code, namespace) is None

    def _statement(self, node: ast.stmt, piece: Piece, flags: int, namespace: Namespace) -> None:
        try:
            code = compiled(ast.Module([node], []), piece.filename, flags)
        except PARSER_ERRORS as error:
            self._notes.add(piece.part, "syntax", getattr(error, "msg", "") or told(error), node.lineno)
            return
        raised = self._execute(code, namespace)
        if not raised:
            return
        if raised.is_a(ImportError) and isinstance(node, ast.ImportFrom) and len(node.names) > 1:
            for alias in node.names:
                single = ast.copy_location(ast.ImportFrom(node.module, [alias], node.level), node)
                self._statement(single, piece, flags, namespace)
        elif raised.is_a(ImportError, NameError, AttributeError) and not isinstance(node, ast.Expr):
            self._failed.append(_Failed(piece.part, node.lineno, code, namespace, raised.message))
        else:
            self._notes.add(piece.part, "error", raised.message, node.lineno)

    def _execute(self, code: CodeType, namespace: Namespace) -> _Raised | None:
        names = self._protected & namespace.keys()
        functions = {name: namespace[name] for name in names if callable(namespace[name])}
        raised = _executed(code, namespace)
        if raised:
            return raised
        for name, was in functions.items():
            if namespace.get(name) is not was and not callable(namespace.get(name)):
                namespace[name] = was
        return None


def _executed(code: CodeType, namespace: Namespace) -> _Raised | None:
    try:
        exec(code, namespace)
    except BaseException as error:  # SystemExit and KeyboardInterrupt are the student's as well
        return _Raised(type(error), told(error))
    return None


def _future_flags(statements: Sequence[ast.stmt]) -> int:
    """What ``from __future__ import …`` switches on for the whole file."""
    names = (
        alias.name
        for node in statements
        if isinstance(node, ast.ImportFrom) and node.module == "__future__"
        for alias in node.names
    )
    flags = 0
    for name in names:
        flags |= getattr(getattr(__future__, name, None), "compiler_flag", 0)
    return flags


def _is_constant(node: ast.stmt) -> bool:
    """``EPS = 1e-5``, or a docstring: it can't hang."""
    return isinstance(node, (ast.Assign, ast.Expr)) and isinstance(node.value, (ast.Constant, ast.Lambda))


def _has_handled_import(statement: ast.stmt, line: int) -> bool:
    for node in ast.walk(statement):
        if isinstance(node, ast.Try) and any(map(_handles_import_error, node.handlers)):
            for inner in (inner for body in node.body for inner in ast.walk(body)):
                if isinstance(inner, (ast.Import, ast.ImportFrom)) and inner.lineno == line:
                    return True
    return False


def _handles_import_error(handler: ast.ExceptHandler) -> bool:
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(kind is None or (isinstance(kind, ast.Name) and kind.id in IMPORT_ERRORS) for kind in kinds)
