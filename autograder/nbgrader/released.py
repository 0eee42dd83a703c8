"""The cells that were released, as the gradebook knows them."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["Released", "defined", "released_cells", "tasks_of"]

SCHEMA = 3


@dataclass(frozen=True)
class Released:
    """A cell with nbgrader's metadata.

    Attributes:
        name: its ``grade_id``.
        cell_type: ``code`` or ``markdown``.
        source: as it was released.
        locked: whether its source is the instructor's.
        graded: whether marks hang on it.
        solution: whether it is a student's to write.
        task: whether it is nbgrader's task cell (a text whose work is anywhere).
        points: what it is worth, where marks hang on it.
        checksum: nbgrader's.
    """

    name: str
    cell_type: str
    source: str
    locked: bool
    graded: bool
    solution: bool
    task: bool
    points: float
    checksum: str | None

    @property
    def is_test(self) -> bool:
        """Whether its marks are a machine's to give."""
        return self.graded and not self.solution and self.cell_type == "code"

    @property
    def metadata(self) -> dict[str, Any]:
        """Its metadata for nbgrader, whatever a student's editor has made of them."""
        about: dict[str, Any] = {
            "schema_version": SCHEMA,
            "grade": self.graded and not self.task,
            "solution": self.solution,
            "locked": self.locked,
            "task": self.task,
            "grade_id": self.name,
            "cell_type": self.cell_type,
        }
        if self.checksum:
            about["checksum"] = self.checksum
        if self.graded:
            about["points"] = self.points
        return about


def released_cells(notebook: Any, order: Path | None = None) -> tuple[Released, ...]:
    """The cells of a gradebook's notebook in the order in which they were released.

    Args:
        notebook: ``nbgrader.api.Notebook``.
        order: the released notebook's file, which has the order; the gradebook itself keeps none.
    """
    points = {cell.name: float(cell.max_score) for cell in (*notebook.grade_cells, *notebook.task_cells)}
    solutions = {cell.name for cell in notebook.solution_cells}
    tasks = {cell.name for cell in notebook.task_cells}
    cells = [
        Released(
            name=cell.name,
            cell_type=cell.cell_type,
            source=cell.source or "",
            locked=bool(cell.locked),
            graded=cell.name in points,
            solution=cell.name in solutions,
            task=cell.name in tasks,
            points=points.get(cell.name, 0.0),
            checksum=cell.checksum,
        )
        for cell in notebook.source_cells
    ]
    places = {name: place for place, name in enumerate(_names(order))}
    return tuple(sorted(cells, key=lambda cell: places.get(cell.name, len(places))))


def tasks_of(source: str) -> tuple[str, ...]:
    """The tasks that a test cell's ``check("…")`` names; none where it is another kind of test."""
    try:
        calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    except (SyntaxError, ValueError):
        return ()
    return tuple(
        argument.value
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id == "check"
        for argument in call.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    )


def defined(source: str) -> frozenset[str]:
    """The functions that an instructor's own code defines at its top level."""
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError):
        return frozenset()
    return frozenset(node.name for node in body if isinstance(node, (ast.FunctionDef, ast.ClassDef)))


def _names(path: Path | None) -> Iterable[str]:
    try:
        cells = json.loads(path.read_bytes())["cells"] if path else []
        return [cell["metadata"].get("nbgrader", {}).get("grade_id", "") for cell in cells]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return []
