"""The visible checks as data, for :func:`autograder.grading.public.load_public` to read."""

from __future__ import annotations

import json
import textwrap
from typing import Any

from ..checks import Check
from ..checks.portable import check_to_data
from ..errors import RubricError
from ..grading.one import visible
from ..grading.public import SCHEMA
from ..rubric import Rubric, Task

__all__ = ["public_checks"]

WIDTH = 118


def public_checks(rubric: Rubric) -> str:
    """The rubric's visible checks with their cases and what is due in them, as JSON.

    Raises:
        RubricError: a visible check that can't be put as data.
    """
    layout = rubric.layout
    content = {
        "schema": SCHEMA,
        "exercise": rubric.name,
        "package": layout.package,
        "functions": dict(layout.functions),
        "given": list(layout.given),
        "tasks": [_task(rubric, task) for task in rubric.tasks],
    }
    return f"{_laid_out(content)}\n"


def _task(rubric: Rubric, task: Task) -> dict[str, Any]:
    return {
        "name": task.name,
        "module": task.module,
        "points": task.points,
        "needs": list(task.needs),
        "checks": [_check(rubric, task, check) for check in task.checks if check.visible],
    }


def _check(rubric: Rubric, task: Task, check: Check) -> dict[str, Any]:
    try:
        return check_to_data(check, visible(rubric, task.name, check))
    except RubricError as error:
        raise RubricError(f"rubric {rubric.name}: task {task.name}: {error}") from None


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
