"""From a module's bytes to statements that can be compiled, one at a time.

Python refuses a file with one syntax error whole.  Here such a file is cut at the lines that begin
in the first column, and each piece that parses is kept: an unfinished function costs itself.
"""

from __future__ import annotations

import ast
import codecs
import io
import re
import textwrap
import tokenize
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import CodeType

__all__ = ["PARSER_ERRORS", "Fault", "Parsed", "compiled", "decode", "parse", "parse_strictly", "statement_lines"]

PARSER_ERRORS = (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError)
"""What ``ast.parse`` and ``compile`` raise for text: also null bytes, lone surrogates, nesting without end."""

MAX_ATTEMPTS = 2000
"""How often the pieces of one file are parsed."""

MAX_FAULTS = 10
"""How many broken pieces of one file are named."""

MAX_JOINED = 60
"""How many pieces one statement may have been cut into (by lines of a string that begin in the first column)."""

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

GOES_ON = re.compile(r"[\s#)\]}]|(?:else|elif|except|finally)\b")
"""How a line begins that belongs to the piece before it."""

UNFINISHED = re.compile(r"never closed|unterminated|EOF|expected 'except'|line continuation")
"""Errors that the lines after a piece may put right."""


@dataclass(frozen=True)
class Fault:
    """A piece that Python can't read: the line, and Python's own word for it."""

    line: int
    message: str


@dataclass(frozen=True)
class Parsed:
    """The statements that could be read, in order, and the pieces that couldn't (the first few)."""

    statements: list[ast.stmt]
    faults: list[Fault] = field(default_factory=list)


def decode(data: bytes) -> tuple[str, str]:
    """A source file's text with Unix line ends, and the encoding if it is neither UTF-8 nor declared.

    What is in no encoding that it could be in is read as Windows-1252, which fails on nothing that
    matters: it is then in a comment or a string.
    """
    encoding, odd = _encoding(data), ""
    try:
        text = data.decode(encoding)
    except Exception:  # a file may declare any codec that Python has, and these raise what they like
        odd = "cp1252"
        text = data.decode(odd, "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff"), odd


def parse(text: str) -> Parsed:
    """The statements of a module or a cell."""
    try:
        return Parsed(parse_strictly(text))
    except PARSER_ERRORS:
        return _salvage(text)


def statement_lines(node: ast.stmt) -> tuple[int, int]:
    """The first and last line of a statement, decorators included."""
    decorators = getattr(node, "decorator_list", [])
    first = min([node.lineno, *(decorator.lineno for decorator in decorators)])
    return first, node.end_lineno or node.lineno


def _encoding(data: bytes) -> str:
    for bom, name in BOMS:
        if data.startswith(bom):
            return name
    try:
        return tokenize.detect_encoding(io.BytesIO(data).readline)[0]
    except (SyntaxError, ValueError):
        return "utf-8"


def parse_strictly(text: str) -> list[ast.stmt]:
    """The statements of a text that is Python from the first line to the last.

    Raises:
        SyntaxError, ValueError, RecursionError, MemoryError, OverflowError: for any other text.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # "invalid escape sequence" is no fault
        return ast.parse(text).body


def compiled(code: str | ast.Module, filename: str, flags: int = 0) -> CodeType:
    """A text's code, or that of its statements.

    Raises:
        SyntaxError, ValueError, RecursionError, MemoryError, OverflowError: for what is no Python.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # "is" with a literal is no fault
        found: CodeType = compile(code, filename, "exec", flags, dont_inherit=True)
        return found


def _salvage(text: str) -> Parsed:
    """Parse the pieces by themselves; one that is cut short is tried again with the pieces after it."""
    parsed = Parsed([])
    lines = text.split("\n")
    starts = list(_starts(lines))
    attempts, index = 0, 0
    while index < len(starts) and attempts < MAX_ATTEMPTS:
        fault, taken = None, 1
        for joined in range(1, min(MAX_JOINED, len(starts) - index) + 1):
            attempts += 1
            end = starts[index + joined] if index + joined < len(starts) else len(lines)
            found = _piece(lines, starts[index], end)
            if not isinstance(found, Fault):
                parsed.statements.extend(found)
                fault, taken = None, joined
                break
            fault = fault or found
            if not UNFINISHED.search(found.message):
                break
        if fault and len(parsed.faults) < MAX_FAULTS:
            parsed.faults.append(fault)
        index += taken
    if index < len(starts):
        parsed.faults.append(Fault(starts[index] + 1, "there are too many errors to read on from here"))
    return parsed


def _starts(lines: list[str]) -> Iterator[int]:
    """The lines on which a piece begins; the first of all may be indented."""
    decorated, begun = False, False
    for number, line in enumerate(lines):
        if not line.strip() or (begun and GOES_ON.match(line)):
            continue
        if not decorated:
            yield number
        begun = True
        decorated = line.startswith("@")


def _piece(lines: list[str], start: int, end: int) -> list[ast.stmt] | Fault:
    try:
        statements = parse_strictly(textwrap.dedent("\n".join(lines[start:end])))
    except SyntaxError as error:
        return Fault(start + (error.lineno or 1), error.msg)
    except PARSER_ERRORS as error:
        return Fault(start + 1, "too complicated for Python's parser" if isinstance(error, MemoryError) else str(error))
    for statement in statements:
        ast.increment_lineno(statement, start)
    return statements
