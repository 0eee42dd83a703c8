r"""The notebook that students get, from a story.

A story is Markdown.  Its text becomes Markdown cells, and blocks that are fenced with a directive
become the other cells::

    # The title
    Text with $\LaTeX$ and ordinary ``` fences as they are.

    +++                                a line of this alone starts a new Markdown cell

    ```{function} f_forward f_backward
    ```                                one solution cell for each function: its stub, taken from the
                                       reference.  What the reference gives whole (a helper, a constant)
                                       becomes a read-only cell.
    ```{check} f
    ```                                the test cell of a task, ``check("f")``, worth the task's points

    ```{code}
    plt.plot(x, f_forward(x)[0])
    ```                                a code cell that students may do with as they like

    ```{code} imports
    import numpy as np
    ```                                a read-only code cell, with a name of its own

    ```{written} why-zero 4
    Why is zero a poor choice?
    ```                                a read-only question, and a cell for its answer that is marked by
                                       hand, here out of 4 points

A fence has three backticks or more and is closed by as many.  A block's body may be empty where none
is shown above.  Every function and every task of the rubric occurs once, in any order; so does all
that the reference modules give beside their functions.  In the notebook all of it lives in one
namespace: the modules' imports are dropped, and the story imports what is needed (numpy as ``np``).

Cells carry nbgrader's metadata, schema 3, as ``nbgrader generate_assignment`` would leave them.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..errors import RubricError, UsageError
from .exercise import Exercise, text_of
from .source import Part

__all__ = ["ANSWER", "Block", "blocks", "notebook"]

FENCE = re.compile(r"(`{3,})(?:\{(\w+)\}([^`]*)|[^`]*)$")
NAME = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9_-]*")

ANSWER = "*Your answer:*"
"""What stands in a cell whose answer is still to be written."""

METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


@dataclass(frozen=True)
class Block:
    """A piece of a story: text (without a directive), or what is fenced with one.

    Attributes:
        directive: ``function``, ``check``, ``code``, ``written``, or nothing for text.
        words: what stands behind the directive.
        body: the text itself, or what is in the fence.
        line: where it begins in the story.
    """

    directive: str
    words: tuple[str, ...]
    body: str
    line: int


def notebook(exercise: Exercise, *, filled: bool = False) -> str:
    """The exercise's notebook as JSON.

    Args:
        exercise: what it is made from; it has a story.
        filled: with the solutions in the place of the stubs (for tests; not for students).

    Raises:
        RubricError: a mistake in the story, with its line.
        UsageError: nbformat is missing.
    """
    assert exercise.story is not None
    story = text_of(exercise.story)
    writer = _Writer(exercise, filled)
    try:
        for block in blocks(story):
            writer.add(block)
        writer.finish()
    except RubricError as error:
        raise RubricError(f"{exercise.story}: {error}") from None
    return _written(writer.cells)


def blocks(story: str) -> Iterator[Block]:
    """The pieces of a story, in order; empty ones are left out.

    Raises:
        RubricError: a fence is not closed.
    """
    start, lines = 1, list[str]()
    open_fence: re.Match[str] | None = None
    for number, line in enumerate(story.splitlines(), 1):
        fence = FENCE.match(line)
        if open_fence is not None:
            closes = line.rstrip() == open_fence[1]
            if closes and open_fence[2]:
                yield Block(open_fence[2], tuple(open_fence[3].split()), "\n".join(lines), start)
                start, lines = number + 1, []
            else:
                lines.append(line)
            open_fence = None if closes else open_fence
        elif line.rstrip() == "+++" or (fence and fence[2]):
            yield from _text(lines, start)
            start, lines = number if fence else number + 1, []
            open_fence = fence
        else:
            lines.append(line)
            open_fence = fence
    if open_fence is not None:
        raise RubricError(f"line {start}: a fence is opened and not closed")
    yield from _text(lines, start)


def _text(lines: list[str], start: int) -> Iterator[Block]:
    text = "\n".join(lines).strip("\n")
    if text.strip():
        yield Block("", (), text, start)


class _Writer:
    """Makes cells of blocks, and keeps count of what has had its turn."""

    def __init__(self, exercise: Exercise, filled: bool) -> None:
        self.cells: list[dict[str, Any]] = []
        self._filled = filled
        self._unnamed = Counter[str]()
        self._makers = {
            "": self._text,
            "function": self._function,
            "check": self._check,
            "code": self._code,
            "written": self._written,
        }
        self._points = {task.name: task.points for task in exercise.rubric.tasks}
        self._unchecked = list(self._points)
        self._unplaced: dict[str, tuple[str, Part]] = {}
        self._helpers: dict[str, list[Part]] = {}
        for module in exercise.modules.values():
            for part in module.parts:
                if part.solution:
                    self._helpers.setdefault(module.name, []).append(part)
                else:
                    self._unplaced[" ".join(part.names)] = (module.name, part)

    def add(self, block: Block) -> None:
        """Make a block's cells."""
        try:
            if block.directive not in self._makers:
                raise RubricError(f"there is no directive {{{block.directive}}}")
            self._makers[block.directive](block)
        except RubricError as error:
            raise RubricError(f"line {block.line}: {error}") from None

    def finish(self) -> None:
        """See that nothing was forgotten."""
        if self._unplaced:
            raise RubricError(f"no {{function}} has {', '.join(self._unplaced)}")
        if self._unchecked:
            raise RubricError(f"no {{check}} has {', '.join(self._unchecked)}")

    def _text(self, block: Block) -> None:
        self._append("markdown", block.body)

    def _function(self, block: Block) -> None:
        _expect(bool(block.words) and not block.body.strip(), "{function} takes names and no body")
        for name in block.words:
            if name not in self._unplaced:
                raise RubricError(f"{name} is no part of the reference that is still to be placed")
            module, part = self._unplaced.pop(name)
            if part.stub == part.filled:
                self._append("code", part.filled, name, locked=True)
            else:
                self._append("code", self._solved(module, part) if self._filled else part.stub, name, solution=True)

    def _solved(self, module: str, part: Part) -> str:
        """A function with its solution; the first of a module has the module's own helpers above it."""
        parts = [*self._helpers.pop(module, []), part]
        return "\n\n\n".join(each.filled for each in parts)

    def _check(self, block: Block) -> None:
        _expect(len(block.words) == 1 and not block.body.strip(), "{check} takes a task's name and no body")
        (task,) = block.words
        if task not in self._unchecked:
            raise RubricError(f"{task} is no task of the rubric that is still to be checked")
        self._unchecked.remove(task)
        self._append("code", f'check("{task}")', f"check-{task}", locked=True, points=self._points[task])

    def _code(self, block: Block) -> None:
        _expect(len(block.words) <= 1, "{code} takes one name at most")
        self._append("code", block.body.strip("\n"), *block.words, locked=bool(block.words))

    def _written(self, block: Block) -> None:
        usage = "{written} takes a name and points, and has the question as its body"
        _expect(len(block.words) == 2 and bool(block.body.strip()), usage)
        name, points = block.words
        _expect(re.fullmatch(r"\d+(\.\d+)?", points) is not None, usage)
        self._append("markdown", block.body.strip("\n"), f"question-{name}", locked=True)
        self._append("markdown", ANSWER, name, solution=True, points=float(points))

    def _append(
        self,
        kind: str,
        source: str,
        name: str = "",
        *,
        solution: bool = False,
        locked: bool = False,
        points: float | None = None,
    ) -> None:
        cell: dict[str, Any] = {"id": name, "cell_type": kind, "metadata": {}, "source": source}
        if kind == "code":
            cell |= {"execution_count": None, "outputs": []}
        if name:
            _expect(NAME.fullmatch(name) is not None and len(name) <= 64, f"{name!r} can't be a cell's name")
            cell["metadata"] = _metadata(kind, source, name, solution, locked, points)
        else:
            self._unnamed[kind] += 1
            cell["id"] = f"{kind}-{self._unnamed[kind]}"
        if cell["id"] in (each["id"] for each in self.cells):
            raise RubricError(f"two cells are named {cell['id']!r}")
        self.cells.append(cell)


def _metadata(kind: str, source: str, name: str, solution: bool, locked: bool, points: float | None) -> dict[str, Any]:
    """The metadata of nbgrader, schema 3, and what keeps Jupyter from deleting and editing the cell."""
    nbgrader: dict[str, Any] = {
        "schema_version": 3,
        "grade": points is not None,
        "solution": solution,
        "locked": locked,
        "task": False,
        "grade_id": name,
        "cell_type": kind,
        "checksum": _checksum(kind, source, name, solution, locked, points),
    }
    if points is not None:
        nbgrader["points"] = points
    return {"deletable": False, **({"editable": False} if locked else {}), "nbgrader": nbgrader}


def _checksum(kind: str, source: str, name: str, solution: bool, locked: bool, points: float | None) -> str:
    """By it nbgrader tells an answer from an untouched cell; it computes it in this way."""
    graded = points is not None
    parts = [source, kind, str(graded), str(solution), str(locked), name]
    if points is not None:
        parts.append(str(float(points)))
    return hashlib.md5("".join(parts).encode(), usedforsecurity=False).hexdigest()


def _expect(holds: bool, usage: str) -> None:
    if not holds:
        raise RubricError(usage)


def _written(cells: list[dict[str, Any]]) -> str:
    try:
        import nbformat
    except ImportError:
        raise UsageError(
            "nbformat is needed to write a notebook; install it (pip install 'numerical-autograder[release]')"
        ) from None
    content = {"nbformat": 4, "nbformat_minor": 5, "metadata": METADATA, "cells": cells}
    whole = nbformat.from_dict(content)  # type: ignore[no-untyped-call]
    nbformat.validate(whole)
    return f"{nbformat.writes(whole)}\n"  # type: ignore[no-untyped-call]
