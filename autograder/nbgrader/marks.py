"""From a submission's result to what nbgrader keeps of it: a score a test cell, a comment a solution cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..errors import UsageError
from ..reports.checked import WORDS, kind
from ..results import CheckResult, Result, TaskResult, Verdict, total
from ..rubric import Rubric
from ..text import plain
from .released import Released, defined, tasks_of

__all__ = ["Marked", "comments", "is_of", "marked"]

MESSAGE = 1000
MAX_COMMENT = 4000

CLOSE = 1e-6

MARKDOWN = re.compile(r"([\\`*\[\]<>&$|~!#])")
ESCAPES = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
UNDERSCORE = re.compile(r"(?<!\w)_|_(?!\w)")


@dataclass(frozen=True)
class Marked:
    """A test cell's marks.

    Attributes:
        cell: the cell.
        tasks: those that it checks; none where it is a test of the instructor's own.
        score: what was earned; ``None`` where a person has to say.
        reason: why a person has to, in a plain sentence.
    """

    cell: Released
    tasks: tuple[TaskResult, ...]
    score: float | None
    reason: str = ""


def is_of(released: Sequence[Released], rubric: Rubric) -> bool:
    """Whether a notebook has test cells of the exercise."""
    known = {task.name for task in rubric.tasks}
    return any(known.intersection(tasks_of(cell.source)) for cell in released if cell.is_test)


def marked(released: Sequence[Released], result: Result) -> dict[str, Marked]:
    """The marks of each test cell, by its name.

    A task in which the grader failed has no mark, and no zero either: a person has to look.

    Raises:
        UsageError: the gradebook's points are not those of the marking scheme, or a task has no test cell.
    """
    results = {task.name: task for task in result.tasks}
    found = {cell.name: _marked(cell, results) for cell in released if cell.is_test}
    placed = [task.name for each in found.values() for task in each.tasks]
    for name in results:
        if placed.count(name) != 1:
            raise UsageError(
                f"{name}: {placed.count(name)} test cells of the gradebook's notebook check this task, not one; "
                "release the assignment again (autograder release --nbgrader, nbgrader generate_assignment)"
            )
    return found


def _marked(cell: Released, results: Mapping[str, TaskResult]) -> Marked:
    names = tasks_of(cell.source)
    if not names or any(name not in results for name in names):
        return Marked(
            cell, (), None, "This test is none of the exercise's own, and was not run. A person has to mark it."
        )
    tasks = tuple(results[name] for name in names)
    points = total(task.max_score for task in tasks)
    if abs(points - cell.points) > CLOSE:
        raise UsageError(
            f"{cell.name}: {cell.points:g} points in the gradebook, {points:g} in the marking scheme; "
            "release the assignment again (autograder release --nbgrader, nbgrader generate_assignment)"
        )
    if any(task.faulty for task in tasks):
        return Marked(cell, tasks, None, "The grader itself failed here, not your code. A person has to look at it.")
    return Marked(cell, tasks, min(total(task.score for task in tasks), cell.points))


def comments(released: Sequence[Released], result: Result, rubric: Rubric) -> dict[str, str]:
    """For each solution cell in whose functions something was found, that as Markdown, by the cell's name."""
    functions = {
        (task.name, check.name): (*check.functions[-1:], *check.functions)
        for task in rubric.tasks
        for check in task.checks
    }
    cells = {
        function: cell.name
        for cell in released
        if cell.solution and cell.cell_type == "code"
        for function in defined(cell.source)
    }
    said: dict[str, list[str]] = {}
    for task in result.tasks:
        for check in task.checks:
            if kind(check) != "found" or check.verdict is Verdict.GRADER_FAULT:
                continue
            cell = next((cells[name] for name in functions.get((task.name, check.name), ()) if name in cells), None)
            if cell is not None:
                said.setdefault(cell, []).append(" ".join(_said(check)))
    return {cell: _joined(lines) for cell, lines in said.items()}


def _said(check: CheckResult) -> Iterator[str]:
    yield f"- **{_escaped(check.title)}** {WORDS[check.verdict].capitalize()}."
    if check.message:
        yield _escaped(check.message)
    if check.hint:
        yield f"*Hint:* {_escaped(check.hint)}"


def _joined(lines: Sequence[str]) -> str:
    text = ""
    for number, line in enumerate(lines):
        if len(text) + len(line) > MAX_COMMENT:
            return f"{text}- … and {len(lines) - number} more; see the table below.\n"
        text += f"{line}\n"
    return text


def _escaped(text: str) -> str:
    """Text that Markdown shows as it is: nbgrader renders comments as Markdown, with all the HTML in it."""
    shown = MARKDOWN.sub(lambda match: ESCAPES.get(match[1], f"\\{match[1]}"), plain(text, MESSAGE))
    return UNDERSCORE.sub(r"\\_", shown)
