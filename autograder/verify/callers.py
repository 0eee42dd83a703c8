"""Which checks a function of the reference can matter to, found without running anything."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from ..release.source import Module
from ..rubric import Rubric

__all__ = ["Callers"]

CHEAP_FIRST = ("matches", "property", "distribution", "gradient", "stability", "purity", "speed")


class Callers:
    """Who calls whom in a reference.

    A definition calls what its text names: one too many costs a little time, and none is overlooked.

    Args:
        modules: the reference's modules.
    """

    def __init__(self, modules: Mapping[str, Module]) -> None:
        named: dict[str, set[str]] = {}
        for module in modules.values():
            for part in module.parts:
                names = _names(ast.parse(part.source))
                for name in part.names:
                    named.setdefault(name, set()).update(names)
        self._calls = {name: (names & named.keys()) - {name} for name, names in named.items()}

    def checks(self, rubric: Rubric, function: str) -> tuple[tuple[str, str], ...]:
        """The checks whose functions call a function, as task and name; the likeliest to notice a change first.

        That is: those that call it with the fewest functions between, and of these the quickest kind.
        """
        away = self._distances(function)
        ranked = [
            ((min(near), _rank(check.kind)), (task.name, check.name))
            for task in rubric.tasks
            for check in task.checks
            if (near := [away[name] for name in check.functions if name in away])
        ]
        return tuple(names for _, names in sorted(ranked, key=lambda pair: pair[0]))

    def _distances(self, function: str) -> dict[str, int]:
        """How many calls lie between each caller, direct or not, and a function."""
        away, ring = {function: 0}, {function}
        while ring:
            ring = {name for name, calls in self._calls.items() if calls & ring and name not in away}
            away |= dict.fromkeys(ring, max(away.values()) + 1)
        return away


def _rank(kind: str) -> int:
    return CHEAP_FIRST.index(kind) if kind in CHEAP_FIRST else len(CHEAP_FIRST)


def _names(tree: ast.AST) -> set[str]:
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return names | {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
