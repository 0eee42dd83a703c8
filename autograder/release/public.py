"""The visible checks as data, for :func:`autograder.grading.public.load_public` to read."""

from __future__ import annotations

import json
import textwrap
from typing import Any

import msgspec

from ..checks import Check
from ..checks.portable import check_to_data
from ..errors import RubricError
from ..grading.diagnosing import FromRubric
from ..grading.one import visible
from ..grading.public import MISTAKES, PAIRS, SCHEMA, TERMS
from ..rubric import Rubric, Task

__all__ = ["public_checks"]

WIDTH = 118


def public_checks(rubric: Rubric) -> str:
    """The rubric's visible checks with their cases and what is due in them, as JSON.

    Raises:
        RubricError: a visible check that can't be put as data.
    """
    layout = rubric.layout
    library = FromRubric(rubric)
    tasks = [_task(rubric, task, library) for task in rubric.tasks]
    content: dict[str, Any] = {
        "schema": SCHEMA,
        "exercise": rubric.name,
        "package": layout.package,
        "functions": dict(layout.functions),
        "given": list(layout.given),
        "tasks": tasks,
    }
    mistakes = _mistakes(rubric, tasks)
    if mistakes:
        content["mistakes"] = mistakes
    return f"{_laid_out(content)}\n"


def _mistakes(rubric: Rubric, tasks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What is told of the mistakes that a visible check may show."""
    written = {f"{task['name']}/{check['name']}": check for task in tasks for check in task["checks"]}
    shown = {name for check in written.values() for name in check.get(MISTAKES, ())}
    shown |= {name for check in written.values() for one, its in check.get(PAIRS, {}).items() for name in (one, *its)}
    return [
        {
            "name": each.name,
            "sentence": each.sentence,
            "function": each.function,
            "fails": [check for check in each.fails if check in written],
        }
        for each in rubric.misconceptions
        if each.name in shown
    ]


def _task(rubric: Rubric, task: Task, library: FromRubric) -> dict[str, Any]:
    return {
        "name": task.name,
        "module": task.module,
        "points": task.points,
        "needs": list(task.needs),
        "checks": [_check(rubric, task, check, library) for check in task.checks if check.visible],
    }


def _check(rubric: Rubric, task: Task, check: Check, library: FromRubric) -> dict[str, Any]:
    prepared = visible(rubric, task.name, check)
    try:
        data = check_to_data(check, prepared)
    except RubricError as error:
        raise RubricError(f"rubric {rubric.name}: task {task.name}: {error}") from None
    returns = library.prints(task.name, check, prepared, lambda _: True)
    pairs = library.pairs(task.name, check, prepared, returns, lambda _: True)
    terms = library.terms(task.name, check, prepared)
    if returns:
        data[MISTAKES] = msgspec.to_builtins(returns)
    if pairs:
        by_first: dict[str, dict[str, Any]] = {}
        for (one, other), its in pairs.items():
            by_first.setdefault(one, {})[other] = its
        data[PAIRS] = msgspec.to_builtins(by_first)
    if terms:
        data[TERMS] = msgspec.to_builtins(terms)
    return data


def _laid_out(value: Any, indentation: int = 0, before: int = 0) -> str:
    """JSON that a person can read: what fits on a line is on one line.

    Args:
        value: what to write down.
        indentation: of the line that it begins on.
        before: what of that line is taken already.
    """
    flat = json.dumps(value, ensure_ascii=False, allow_nan=False)
    if before + len(flat) <= WIDTH or not isinstance(value, (dict, list)):
        return flat
    margin = " " * (indentation + 1)
    if isinstance(value, dict):
        starts = {key: f"{margin}{json.dumps(key)}: " for key in value}
        parts = [f"{starts[key]}{_laid_out(part, len(margin), len(starts[key]))}" for key, part in value.items()]
    elif all(isinstance(part, (int, float)) for part in value):
        lines = textwrap.wrap(flat[1:-1], WIDTH - len(margin), break_long_words=False, break_on_hyphens=False)
        parts = ["\n".join(f"{margin}{line}" for line in lines)]
    else:
        parts = [f"{margin}{_laid_out(part, len(margin), len(margin))}" for part in value]
    body = ",\n".join(parts)
    return f"{flat[0]}\n{body}\n{' ' * indentation}{flat[-1]}"
