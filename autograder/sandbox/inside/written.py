"""What a function was written as: its lines in the file or cell that it came from."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from types import CodeType, FunctionType
from typing import Any

from .. import wire

__all__ = ["MAX_SOURCE", "Texts", "source"]

MAX_SOURCE = 8 * 2**10
"""Characters; the trusted side takes no more of one function."""

MAX_WRAPPERS = 5

GOES_ON = re.compile(r"\s*(?:[#)\]}]|$)")
"""How a line begins that may be a function's last although it is not indented: it closes its parameters, say."""

Texts = Callable[[str], str]
"""A file's or cell's text, by the name that tracebacks have for it."""


def source(function: Any, text_of: Texts) -> wire.Source | None:
    """A function's source; ``None`` where it has none (a class, one of numpy's) or the object makes trouble."""
    try:
        code = _code(function)
        return None if code is None else _cut(code, text_of(code.co_filename))
    except Exception:  # the student's objects raise what they like, and this is for the eyes alone
        return None


def _code(function: Any) -> CodeType | None:
    """The code of a function, or of the one that a decorator or a ``partial`` wrapped."""
    for _ in range(MAX_WRAPPERS):
        if type(function) is functools.partial:
            function = function.func
        if type(function) is not FunctionType:
            return None
        if "__wrapped__" not in vars(function):
            return function.__code__
        function = vars(function)["__wrapped__"]
    return None


def _cut(code: CodeType, text: str) -> wire.Source | None:
    """From the first line (a decorator's, perhaps) to the last that is indented under it.

    No tokenizer is asked, which takes longer than loading.  Where a string of several lines has some in
    the first column, the last line that holds code says how far the function goes at the least.
    """
    lines = _split(text)
    first = code.co_firstlineno
    if not 1 <= first <= len(lines) or not lines[first - 1].strip():
        return None
    depth = _depth(lines[first - 1])
    end = min(_last_line(code, first), len(lines))
    while end < len(lines) and (_depth(lines[end]) > depth or GOES_ON.match(lines[end])):
        end += 1
    while end > first and (not lines[end - 1].strip() or _is_comment(lines[end - 1], depth)):
        end -= 1
    cut = "\n".join(lines[first - 1 : end])
    return wire.Source(code.co_filename, first, cut[: MAX_SOURCE + 1])


@functools.lru_cache(maxsize=4)  # one file's functions follow each other
def _split(text: str) -> list[str]:
    return text.split("\n")


def _last_line(code: CodeType, last: int) -> int:
    """The last line that holds a function's code, or that of the functions inside it."""
    for _, _, line in code.co_lines():
        if line is not None and line > last:
            last = line
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            last = _last_line(constant, last)
    return last


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def _is_comment(line: str, depth: int) -> bool:
    """Whether a line is a comment that belongs to what follows the function."""
    return line.lstrip().startswith("#") and _depth(line) <= depth
