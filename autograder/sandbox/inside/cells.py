"""From a notebook's bytes to its code cells: JSON of version 3 or 4, whole or cut short."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import CodeType
from typing import Any

from .parsing import PARSER_ERRORS, Parsed, compiled, decode, parse, parse_strictly

__all__ = ["Cell", "Notebook", "read"]

MAX_CELLS = 2000
"""More than that no person wrote; the rest is named in a warning, and not read."""

MAX_CODE = 2**20
"""Characters in one cell; a longer one isn't read either."""

MAX_MAGICS = 200

PYTHON_CELLS = re.compile(r"%%(?:time|timeit|capture|prun|python3?|writefile|file|add_to)\b.*")
"""Cell magics whose body is Python code all the same."""

MAGIC = re.compile(r"\s*(?:[%!?]|.*\?\s*$|\w[\w, ]*=\s*[%!])")
CELLS = re.compile(r'"cells"\s*:\s*\[')
SURE_MAGIC = re.compile(r"[%!]\s*[a-zA-Z]")
BETWEEN = re.compile(r"[\s,]*")

NOT_A_DEFINITION = re.compile(
    r"""\n (?!
        (?: def | async[ ]+def | class )\b | [ \t\n@\#)\]}] | \Z
      | import\b[^\n;(\\]*(?![^\n]) | from\b(?![^\n]*__future__)[^\n;(\\]*(?![^\n])
    ) | \f""",
    re.VERBOSE,
)
"""A line in the first column that may begin something else than a definition or an import.

Each statement at the top level begins such a line, or follows a ``;`` (only an import of one line can
have that), or a form feed, which takes a line back to the first column.
"""

TOO_MANY = "only the first {} code cells were read, not the {} after them"
TOO_LONG = "code cell {} was not read: it has more than {} characters"

NOT_JSON = "the notebook is broken or cut short ({}); its {} whole cells were read"


@dataclass(frozen=True)
class Cell:
    """A code cell.

    Attributes:
        number: counted from 1 among the code cells.
        text: its source, with nothing in the place of what isn't Python.
        parsed: its statements, and what Python can't read; nothing where there is ``code``.
        magics: how many lines were no Python but the notebook's own commands.
        code: all of a cell that is nothing but definitions and imports.
    """

    number: int
    text: str
    parsed: Parsed
    magics: int = 0
    code: CodeType | None = None

    @property
    def part(self) -> str:
        """How it is announced, and named in problems and tracebacks."""
        return _part(self.number)

    @property
    def statements(self) -> list[ast.stmt]:
        """Its statements, parsed by now at the latest."""
        return parse(self.text).statements if self.code else self.parsed.statements


@dataclass(frozen=True)
class Notebook:
    """The code cells in order, a sentence on what is wrong with the file, or nothing, and what was left unread."""

    cells: tuple[Cell, ...]
    trouble: str = ""
    unread: tuple[str, ...] = ()


def read(data: bytes) -> Notebook:
    """The code cells of a notebook.  Nothing is raised, whatever the bytes are."""
    text = decode(data)[0]
    trouble = ""
    try:
        found = _cells(json.loads(text))
    except (ValueError, RecursionError) as error:
        found = list(_whole_cells(text))
        trouble = NOT_JSON.format(str(error) or type(error).__name__, len(found))
    sources = [source for source in map(_source, found) if source is not None]
    unread = [TOO_MANY.format(MAX_CELLS, len(sources) - MAX_CELLS)] if len(sources) > MAX_CELLS else []
    numbered = list(enumerate(sources[:MAX_CELLS], start=1))
    too_long = [number for number, source in numbered if len(source) > MAX_CODE]
    unread += [TOO_LONG.format(number, MAX_CODE) for number in too_long]
    cells = [_cell(number, "" if number in too_long else source) for number, source in numbered]
    return Notebook(tuple(cells), trouble, tuple(unread))


def _cells(document: Any) -> list[Any]:
    """The cells, which version 3 keeps in worksheets."""
    holders = [document] if isinstance(document, dict) else []
    if holders and isinstance(document.get("worksheets"), list):
        holders += [sheet for sheet in document["worksheets"] if isinstance(sheet, dict)]
    return [cell for holder in holders if isinstance(holder.get("cells"), list) for cell in holder["cells"]]


def _whole_cells(text: str) -> Iterator[Any]:
    """The cells of a file that is no valid JSON, up to the first that is broken."""
    start = CELLS.search(text)
    if start is None:
        return
    decoder = json.JSONDecoder()
    position = start.end()
    while True:
        between = BETWEEN.match(text, position)
        try:
            cell, position = decoder.raw_decode(text, between.end() if between else position)
        except (ValueError, RecursionError):
            return
        yield cell


def _source(cell: Any) -> str | None:
    """A code cell's source; ``None`` for any other."""
    if not isinstance(cell, dict) or cell.get("cell_type") != "code":
        return None
    source = cell.get("source", cell.get("input"))
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    return source.replace("\r\n", "\n").replace("\r", "\n") if isinstance(source, str) else None


def _cell(number: int, source: str) -> Cell:
    text, magics = _without_cell_magic(source)
    try:
        if NOT_A_DEFINITION.search(f"\n{text}"):
            return Cell(number, text, Parsed(parse_strictly(text)), magics)
        return Cell(number, text, Parsed([]), magics, compiled(text, _part(number)))
    except PARSER_ERRORS:
        text, more = _without_line_magics(text)
        return Cell(number, text, parse(text), magics + more)


def _part(number: int) -> str:
    return f"cell {number}"


def _without_cell_magic(source: str) -> tuple[str, int]:
    """A cell without a ``%%`` line; nothing of it, where that means that it isn't Python."""
    first, _, rest = source.lstrip("\n").partition("\n")
    if not first.startswith("%%"):
        return source, 0
    blank = "\n" * (source.count("\n") - rest.count("\n"))
    return (f"{blank}{rest}" if PYTHON_CELLS.match(first) else ""), 1


def _without_line_magics(text: str) -> tuple[str, int]:
    """A cell with ``pass`` for each line that Python trips over and that looks like a command.

    Python says which line that is: a ``%`` in a string, or between two operands, is none.
    """
    lines = text.split("\n")
    dropped = 0
    while dropped < MAX_MAGICS and (at := _command(lines)) is not None:
        lines[at] = re.sub(r"\S.*", "pass", lines[at])
        dropped += 1
    return "\n".join(lines), dropped


def _command(lines: Sequence[str]) -> int | None:
    """The line of a command, if there is one that Python trips over."""
    try:
        parse_strictly("\n".join(lines))
    except SyntaxError as error:
        at = (error.lineno or 0) - 1
        if 0 <= at < len(lines) and MAGIC.match(lines[at]):
            return at
        # Another error may hide one; then only what can be nothing else is a command.
        return next((at for at, line in enumerate(lines) if SURE_MAGIC.match(line)), None)
    except PARSER_ERRORS:
        pass
    return None
