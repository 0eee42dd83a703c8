"""The marking scheme's checks for graders that run tests beside the student's code.

They are stored with their inputs and with what is due, worked out beforehand.  A task's checks run
against functions of this very process, as the floor's do (``direct``).
"""

from __future__ import annotations

import functools
import pickle
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
for folder in (HERE.parent, HERE.parents[1]):
    sys.path.append(str(folder))

from direct import Direct  # noqa: E402

from autograder.grading import rubrics, seeds  # noqa: E402
from solutions.rubric import rubric  # noqa: E402

__all__ = ["judge", "store", "tasks"]


def tasks() -> list[str]:
    """The tasks' names."""
    return [task.name for task in rubric.tasks]


def store(path: Path) -> None:
    """Work out every check's cases, and what is due in them, once."""
    loaded = rubrics.load(rubrics.DEFAULT)
    prepared = {
        task.name: [
            check.prepare(loaded.rubric.reference, seeds.generator("benchmark", task.name, check.name))
            for check in task.checks
        ]
        for task in rubric.tasks
    }
    path.write_bytes(pickle.dumps(prepared))


def judge(task: str, names: Mapping[str, Any], stored: str) -> None:
    """Run a task's checks, visible and hidden, on the student's functions.

    Raises:
        AssertionError: one of them fails.
    """
    checks = next(one.checks for one in rubric.tasks if one.name == task)
    session = Direct({name: names[name] for name in rubric.layout.functions if name in names})
    for check, prepared in zip(checks, _stored(stored)[task], strict=True):
        finding = check.examine(session, prepared)
        assert finding.share == 1, f"{check.title} {finding.message}"


@functools.cache
def _stored(path: str) -> dict[str, Any]:
    return pickle.loads(Path(path).read_bytes())  # our own
