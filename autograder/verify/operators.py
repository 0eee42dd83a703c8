"""What a slip of the pen makes of one node of a syntax tree.

An operator takes a node and gives what may stand in its place, each as a new node.  Expressions and
statements have operators of their own; :data:`DROP` among a statement's stands for the statement left out.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from typing import TypeVar

__all__ = ["DROP", "expressions", "statements"]

T = TypeVar("T", bound=ast.AST)

DROP = ast.Pass()

ARITHMETIC: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Div,),
    ast.Mod: (ast.FloorDiv,),
    ast.Pow: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
}

COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}

MIRRORED = (ast.Add, ast.Mult, ast.BitAnd, ast.BitOr)
"""Operators whose operands may change places without a change of the value."""

SIBLINGS = (
    ("mean", "sum"),
    ("mean", "median"),
    ("sum", "prod"),
    ("max", "min"),
    ("maximum", "minimum"),
    ("argmax", "argmin"),
    ("std", "var"),
    ("zeros", "ones"),
    ("zeros_like", "ones_like"),
    ("exp", "log"),
    ("exp", "expm1"),
    ("log", "log1p"),
    ("sin", "cos"),
    ("tanh", "sinh"),
    ("sqrt", "square"),
    ("triu_indices", "tril_indices"),
    ("triu", "tril"),
    ("argsort", "sort"),
    ("floor", "ceil"),
    ("logaddexp", "add"),
    ("standard_normal", "random"),
    ("stack", "concatenate"),
    ("any", "all"),
    ("startswith", "endswith"),
)
"""Functions that are written one for the other."""

SWAPPED: dict[str, list[str]] = {}
for _first, _second in SIBLINGS:
    SWAPPED.setdefault(_first, []).append(_second)
    SWAPPED.setdefault(_second, []).append(_first)


def expressions(node: ast.expr) -> Iterator[ast.expr]:
    """What may stand in the place of an expression."""
    for kind, operator in EXPRESSIONS:
        if isinstance(node, kind):
            yield from operator(node)


def statements(node: ast.stmt, known: frozenset[str]) -> Iterator[ast.stmt]:
    """What may stand in the place of a statement.

    Args:
        node: the statement.
        known: the names that have a value when it is reached: without a first assignment all would fail.
    """
    if _may_go(node, known):
        yield DROP
    for kind, operator in STATEMENTS:
        if isinstance(node, kind):
            yield from operator(node)


def _changed(node: T, **fields: object) -> T:
    new = copy.deepcopy(node)
    for name, value in fields.items():
        setattr(new, name, value)
    return new


def _constants(node: ast.Constant) -> Iterator[ast.expr]:
    """Another number, the other truth value, another text."""
    value = node.value
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int):
        yield from map(ast.Constant, (value + 1, value - 1) if value else (1, -1))
    elif isinstance(value, float):
        yield from map(ast.Constant, (0.0, 2 * value, float(f"{1.1 * value:.6g}")))
    elif isinstance(value, str) and value:
        yield ast.Constant(f"not {value}")


def _arithmetic(node: ast.BinOp) -> Iterator[ast.expr]:
    """Another operator, a term or factor dropped, the operands the other way round."""
    for other in ARITHMETIC.get(type(node.op), ()):
        yield _changed(node, op=other())
    yield node.left
    yield ast.UnaryOp(ast.USub(), node.right) if isinstance(node.op, ast.Sub) else node.right
    if not isinstance(node.op, MIRRORED):
        yield _changed(node, left=node.right, right=node.left)
    yield ast.UnaryOp(ast.USub(), node)


def _unary(node: ast.UnaryOp) -> Iterator[ast.expr]:
    """A sign or a ``not`` left out."""
    yield node.operand


def _comparisons(node: ast.Compare) -> Iterator[ast.expr]:
    """Another comparison."""
    for position, operator in enumerate(node.ops):
        for other in COMPARISONS.get(type(operator), ()):
            yield _changed(node, ops=[*node.ops[:position], other(), *node.ops[position + 1 :]])


def _boolean(node: ast.BoolOp) -> Iterator[ast.expr]:
    """``and`` for ``or``, a part left out."""
    yield _changed(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
    for position in range(len(node.values)):
        rest = node.values[:position] + node.values[position + 1 :]
        yield rest[0] if len(rest) == 1 else _changed(node, values=rest)


def _choices(node: ast.IfExp) -> Iterator[ast.expr]:
    """Either branch always, and each for the other."""
    yield node.body
    yield node.orelse
    yield _changed(node, body=node.orelse, orelse=node.body)


def _calls(node: ast.Call) -> Iterator[ast.expr]:
    """Another function, its first argument in its place, an argument dropped, two changed round, another axis."""
    name = _called(node)
    for other in SWAPPED.get(name, ()):
        yield _changed(node, func=_renamed(node.func, other))
    if node.args:
        yield node.args[0].value if isinstance(node.args[0], ast.Starred) else node.args[0]
    elif isinstance(node.func, ast.Attribute):
        yield node.func.value  # x for x.copy()
    if len(node.args) + len(node.keywords) > 1:
        for position in range(len(node.args)):
            yield _changed(node, args=node.args[:position] + node.args[position + 1 :])
        for position in range(len(node.keywords)):
            yield _changed(node, keywords=node.keywords[:position] + node.keywords[position + 1 :])
    for position in range(len(node.args) - 1):
        yield _changed(node, args=_swapped(node.args, position))
    for position, keyword in enumerate(node.keywords):
        if keyword.arg in ("axis", "axes"):
            for axis in _axes(keyword.value):
                changed = _changed(keyword, value=axis)
                yield _changed(node, keywords=[*node.keywords[:position], changed, *node.keywords[position + 1 :]])


def _axes(node: ast.expr) -> Iterator[ast.expr]:
    """Other axes; a number's neighbours are made of it as of any constant."""
    if isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield ast.Constant(-1 if node.value != -1 else 0)
    elif isinstance(node, ast.Tuple):
        for position in range(len(node.elts)):
            rest = node.elts[:position] + node.elts[position + 1 :]
            yield ast.Tuple(rest, ast.Load())


def _attributes(node: ast.Attribute) -> Iterator[ast.expr]:
    """A transpose forgotten."""
    if node.attr == "T" and isinstance(node.ctx, ast.Load):
        yield node.value


def _subscripts(node: ast.Subscript) -> Iterator[ast.expr]:
    """Indices the other way round, or left out; a number's neighbours are made of it as of any constant."""
    index = node.slice
    if isinstance(index, ast.Tuple):
        for position in range(len(index.elts) - 1):
            yield _changed(node, slice=_changed(index, elts=_swapped(index.elts, position)))
    if isinstance(node.ctx, ast.Load):
        yield node.value


def _slices(node: ast.Slice) -> Iterator[ast.expr]:
    """An open end closed by one, a step left out."""
    if node.step is not None:
        yield _changed(node, step=None)
        return
    if node.lower is None:
        yield _changed(node, lower=ast.Constant(1))
    if node.upper is None:
        yield _changed(node, upper=ast.Constant(-1))


def _tuples(node: ast.Tuple | ast.List) -> Iterator[ast.expr]:
    """Two neighbours changed round: in what is returned, in what is unpacked, in a list."""
    for position in range(len(node.elts) - 1):
        yield _changed(node, elts=_swapped(node.elts, position))


def _comprehensions(node: ast.ListComp | ast.GeneratorExp | ast.DictComp | ast.SetComp) -> Iterator[ast.expr]:
    """A condition left out."""
    for position, part in enumerate(node.generators):
        if part.ifs:
            less = _changed(part, ifs=part.ifs[:-1])
            yield _changed(node, generators=[*node.generators[:position], less, *node.generators[position + 1 :]])


def _conditions(node: ast.If | ast.While) -> Iterator[ast.stmt]:
    """Always, never."""
    yield _changed(node, test=ast.Constant(True))
    yield _changed(node, test=ast.Constant(False))


def _loops(node: ast.For) -> Iterator[ast.stmt]:
    """Only the first time round."""
    yield _changed(node, body=[*node.body, ast.Break()])


def _assignments(node: ast.AugAssign) -> Iterator[ast.stmt]:
    """Another operator, or plain assignment."""
    for other in ARITHMETIC.get(type(node.op), ()):
        yield _changed(node, op=other())
    yield ast.Assign([node.target], node.value)


EXPRESSIONS: tuple[tuple[type[ast.expr] | tuple[type[ast.expr], ...], Callable[..., Iterator[ast.expr]]], ...] = (
    (ast.Constant, _constants),
    (ast.BinOp, _arithmetic),
    (ast.UnaryOp, _unary),
    (ast.Compare, _comparisons),
    (ast.BoolOp, _boolean),
    (ast.IfExp, _choices),
    (ast.Call, _calls),
    (ast.Attribute, _attributes),
    (ast.Subscript, _subscripts),
    (ast.Slice, _slices),
    ((ast.Tuple, ast.List), _tuples),
    ((ast.ListComp, ast.GeneratorExp, ast.DictComp, ast.SetComp), _comprehensions),
)

STATEMENTS: tuple[tuple[type[ast.stmt] | tuple[type[ast.stmt], ...], Callable[..., Iterator[ast.stmt]]], ...] = (
    ((ast.If, ast.While), _conditions),
    (ast.For, _loops),
    (ast.AugAssign, _assignments),
)


def _may_go(node: ast.stmt, known: frozenset[str]) -> bool:
    """Whether the function can do without a statement, as far as names go."""
    if isinstance(node, (ast.Pass, ast.Raise, ast.Return, ast.Import, ast.ImportFrom)):
        return False
    stored = {part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)}
    if isinstance(node, (ast.For, ast.If, ast.While, ast.With)):
        return True
    return stored <= known


def _called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def _renamed(node: ast.expr, name: str) -> ast.expr:
    return _changed(node, **{"attr" if isinstance(node, ast.Attribute) else "id": name})


def _swapped(parts: list[T], position: int) -> list[T]:
    return [*parts[:position], parts[position + 1], parts[position], *parts[position + 2 :]]
