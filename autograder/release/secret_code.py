"""Code in a normal form, so that it is found however it is laid out.

Two things are secret in a piece of code, and looked for each in its own way:

* A *statement*, or the head of a compound one.  It is found as Python (the same syntax tree, whatever
  the spaces, parentheses, quotes and comments), and as text (the same words and signs in the same order,
  wherever: in a docstring, in a comment, over several lines).  Statements that compute nothing (they
  name, pack, unpack or return what is there), and those of fewer than :data:`STATEMENT` nodes, are
  nobody's secret: everyone writes ``return out, cache`` and ``m = len(dout)``.
* A *body*, all statements of a function without its docstring.  It is found whatever its variables
  are called, if it has :data:`BODY` nodes or more: smaller ones look alike in any program.
"""

from __future__ import annotations

import ast
import copy
import io
import re
import textwrap
import tokenize
import warnings
from collections.abc import Container, Iterable, Iterator

__all__ = ["Code", "bodies", "comments", "statements"]

STATEMENT = 6
BODY = 15
COMMENT = 6
"""Words, from which on a comment in a solution is more than a heading."""

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
NOT_COUNTED = (ast.expr_context, ast.operator, ast.unaryop, ast.cmpop, ast.boolop)
COMPUTES = (ast.Call, ast.BinOp, ast.UnaryOp, ast.Compare, ast.BoolOp, ast.comprehension, ast.Subscript)
FREE = (ast.Import, ast.ImportFrom, ast.Raise, ast.Global, ast.Nonlocal, ast.Pass)

WORDS = re.compile(r"\w+|[^\s\w]")
PROMPT = re.compile(r"^\s*(?:>>>|\.\.\.|#+|[-*>|])\s?")
FENCED = re.compile(r"^(`{3,}).*?\n(.*?)^\1", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`+([^`\n]+)`+")


def statements(tree: ast.AST) -> Iterator[ast.stmt]:
    """The statements worth a search; of a compound one the head, with an empty body."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.stmt) or isinstance(node, (*FUNCTIONS, ast.ClassDef, *FREE)):
            continue
        head = _head(node)
        if _weight(head) >= STATEMENT and any(isinstance(part, COMPUTES) for part in ast.walk(head)):
            yield head


def bodies(tree: ast.AST) -> Iterator[list[ast.stmt]]:
    """The functions' bodies that are worth a search, without docstrings."""
    for node in ast.walk(tree):
        if isinstance(node, FUNCTIONS):
            body = [statement for statement in node.body if not _is_text(statement)]
            if sum(map(_weight, body)) >= BODY:
                yield body


def comments(source: str, lines: Container[int]) -> Iterator[str]:
    """The comments on some lines of a module, if they are sentences."""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if (
            token.type == tokenize.COMMENT
            and token.start[0] in lines
            and len(re.findall(r"\w+", token.string)) >= COMMENT
        ):
            yield token.string.lstrip("# ")


class Code:
    """A collection of secret code, and what looks for it.

    Args:
        statements: as :func:`statements` yields them, or other pieces of text.
        bodies: as :func:`bodies` yields them.
        free: statements that are no secret.
    """

    def __init__(
        self, statements: Iterable[ast.stmt | str], bodies: Iterable[list[ast.stmt]], free: Iterable[ast.stmt] = ()
    ) -> None:
        known = set(map(_form, free))
        self._trees: dict[str, str] = {}
        self._texts: dict[str, str] = {}
        for statement in statements:
            text = statement if isinstance(statement, str) else _text(statement)
            if isinstance(statement, ast.stmt):
                form = _form(statement)
                if form in known:
                    continue
                self._trees[form] = text
            self._texts[_words(text)] = text
        self._bodies = {_renamed(body): _text(body[0]) for body in bodies}

    def found_in(self, text: str) -> Iterator[str]:
        """What is found in a text, each as a line that a person can read; nothing twice."""
        found: dict[str, None] = {}
        for tree in _parsed(text):
            for statement in statements(tree):
                if (form := _form(statement)) in self._trees:
                    found[self._trees[form]] = None
            for body in bodies(tree):
                if (form := _renamed(body)) in self._bodies:
                    found[f"a whole function that begins with {self._bodies[form]!r}"] = None
        words = _words("\n".join(PROMPT.sub("", line) for line in text.splitlines()))
        found |= {self._texts[needle]: None for needle in self._texts if needle in words}
        yield from found


def _parsed(text: str) -> Iterator[ast.AST]:
    """All in a text that Python can read: the whole, else what is fenced, quoted or on one line."""
    whole = _parse(text)
    if whole is not None:
        yield whole
    pieces = [match[2] for match in FENCED.finditer(text)] + [match[1] for match in SPAN.finditer(text)]
    pieces += [PROMPT.sub("", line) for line in text.splitlines()]
    for piece in dict.fromkeys(pieces):
        if piece.strip() and (tree := _parse(textwrap.dedent(piece))) is not None:
            yield tree


def _parse(text: str) -> ast.AST | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None


def _head(node: ast.stmt) -> ast.stmt:
    if not hasattr(node, "body"):
        return node
    head = copy.copy(node)
    for name in ("body", "orelse", "finalbody", "handlers"):
        if hasattr(head, name):
            setattr(head, name, [])
    return head


def _weight(node: ast.AST) -> int:
    return sum(not isinstance(part, NOT_COUNTED) for part in ast.walk(node))


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _form(node: ast.stmt) -> str:
    return ast.dump(node)


def _text(node: ast.stmt) -> str:
    return ast.unparse(node).splitlines()[0]


def _words(text: str) -> str:
    return f" {' '.join(WORDS.findall(text))} "


def _renamed(body: list[ast.stmt]) -> str:
    """A body's form with its variables numbered in the order in which they occur."""
    numbers: dict[str, str] = {}
    module = copy.deepcopy(ast.Module(body, []))
    for node in ast.walk(module):
        if isinstance(node, ast.Name):
            node.id = numbers.setdefault(node.id, f"v{len(numbers)}")
        elif isinstance(node, ast.arg):
            node.arg = numbers.setdefault(node.arg, f"v{len(numbers)}")
    return ast.dump(module)
