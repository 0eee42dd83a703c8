"""A notebook's definitions, run in one namespace in the order of its cells."""

from __future__ import annotations

import ast
from collections.abc import Collection, Mapping
from typing import Any

from .cells import Notebook
from .notes import Notes
from .running import Piece, Runner
from .selection import select

__all__ = ["Itself", "Later", "Notebook", "run"]


class Later:
    """A function of the notebook that a cell imports before the cell that defines it has run."""

    def __init__(self, name: str, namespace: Mapping[str, Any]) -> None:
        self._name = name
        self._namespace = namespace

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call what has the name by now."""
        found = self._namespace.get(self._name, self)
        if found is self:
            raise NameError(f"name {self._name!r} is not defined in the notebook", name=self._name)
        return found(*args, **kwargs)


class Itself:
    """What a notebook gets for ``from shapes.areas import f``: its own ``f``.

    Args:
        names: the package's name and its modules'.
        namespace: the notebook's.
    """

    __all__ = ()

    def __init__(self, names: Collection[str], namespace: Mapping[str, Any]) -> None:
        self._names = names
        self._namespace = namespace

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name in self._names:
            return self
        return self._namespace.get(name) or Later(name, self._namespace)


def run(
    notebook: Notebook,
    namespace: dict[str, Any],
    wanted: Collection[str],
    runner: Runner,
    notes: Notes,
) -> None:
    """Run what the notebook defines; tell what was left out."""
    cells = [cell for cell in notebook.cells if not notes.skips(cell.part)]
    for cell in cells:
        for fault in cell.parsed.faults:
            notes.add(cell.part, "syntax", fault.message, fault.line)
    definitions = [cell.text for cell in cells if cell.code]
    chosen = select([(cell.text, cell.parsed.statements) for cell in cells], wanted, definitions)
    futures = [node for statements in chosen for node in statements if _is_future(node)]
    for cell, statements in zip(cells, chosen, strict=True):
        piece = Piece(cell.part, cell.part, cell.text)
        if cell.code and not futures and runner.run_definitions(piece, cell.code, namespace):
            continue
        statements = cell.statements if cell.code else statements
        if statements:
            runner.run_statements(piece, [*futures, *statements], namespace)
    magics = [str(cell.number) for cell in cells if cell.magics]
    if magics:
        notes.add("", "dropped", f"magics and shell commands were not run (cells {', '.join(magics)})")
    left_out = sum(len(cell.parsed.statements) for cell in cells) - sum(map(len, chosen))
    if left_out:
        notes.add("", "dropped", f"{left_out} statements beside the definitions (experiments, plots) were not run")


def _is_future(node: ast.stmt) -> bool:
    """``from __future__ import …``, which holds for all cells."""
    return isinstance(node, ast.ImportFrom) and node.module == "__future__"
