"""Putting back into a submitted notebook what nbgrader needs and an editor, or a student, took out.

A released cell is found again by its name; where no cell has it, by its text, or by the function that is
defined in it.  Of several with one name the last counts, as it does for nbgrader, but an
untouched stub never counts against a copy that somebody has written in.  What is not found is put
back: tests and text as they were released, answers empty.  A test that stands above the code that it
is about is moved below it.  No line that a student wrote is changed or lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ..text import plain
from .released import Released, defined

__all__ = ["Restored", "restore"]

Cell = dict[str, Any]

SHOWN = 8
DEFINITION = re.compile(r"^(?:async\s+)?(?:def|class)\s+(\w+)|^(\w+)\s*=", re.MULTILINE)
GONE = "# This cell ({}) was missing from what was handed in."
ELSEWHERE = "# {} is written in another cell."


@dataclass(frozen=True)
class Restored:
    """The cells, each with the released cell that it is, or ``None``; and what was found, in plain sentences."""

    cells: tuple[tuple[Cell, Released | None], ...]
    findings: tuple[str, ...]


def restore(cells: Sequence[Cell], released: Sequence[Released]) -> Restored:
    """Match a notebook's cells (as :mod:`.reading` gives them) with those that were released."""
    work = _Work(list(cells), list(released))
    work.match_names()
    work.match_texts()
    work.mend_types()
    work.put_back()
    work.move_tests()
    return Restored(tuple(zip(work.cells, work.roles, strict=True)), tuple(work.findings))


class _Work:
    def __init__(self, cells: list[Cell], released: list[Released]) -> None:
        self.cells = cells
        self.released = released
        self.roles: list[Released | None] = [None] * len(cells)
        self.findings: list[str] = []

    def match_names(self) -> None:
        """By name; of several, the last that somebody has written in."""
        copies = []
        for cell in self.released:
            places = [at for at, each in enumerate(self.cells) if each["nbgrader"].get("grade_id") == cell.name]
            if cell.solution:
                written = [at for at in places if self.cells[at]["source"].strip() != cell.source.strip()]
                # A copy that doesn't define the cell's function is something else that was made from it.
                whole = [at for at in written if defined(cell.source) <= _defines(self.cells[at]["source"])]
                places = whole or written or places
                copies += [cell.name] if len(written) > 1 else []
            elif len(places) > 1:
                copies.append(cell.name)
            if places:
                self.roles[places[-1]] = cell
        self._tell("cells that are there more than once (the last counts)", copies)

    def match_texts(self) -> None:
        """By text, by the functions defined, and answers by the question above them."""
        found = []
        for cell in self._missing():
            place = self._place_of(cell)
            if place is not None:
                self.roles[place] = cell
                found.append(cell.name)
        self._tell("cells that had lost nbgrader's metadata and were found by what is in them", found)

    def mend_types(self) -> None:
        """A code cell that was made a text cell, or the reverse, is made what it was."""
        changed = []
        for at, cell in enumerate(self.roles):
            if cell is not None and self.cells[at]["cell_type"] != cell.cell_type:
                self.cells[at] = {**self.cells[at], "cell_type": cell.cell_type}
                changed.append(cell.name)
        self._tell("cells whose type was changed", changed)

    def put_back(self) -> None:
        """What is still missing, behind the released cell before it."""
        missing = self._missing()
        for cell in missing:
            source = cell.source
            if cell.solution and cell.cell_type == "code":
                functions = defined(cell.source)
                elsewhere = bool(functions) and any(functions & _defines(each["source"]) for each in self.cells)
                source = (ELSEWHERE if elsewhere else GONE).format(cell.name)
            before = {each.name for each in self.released[: self.released.index(cell)]}
            place = max((at + 1 for at, each in enumerate(self.roles) if each and each.name in before), default=0)
            self.cells.insert(place, {"cell_type": cell.cell_type, "source": source, "nbgrader": {}})
            self.roles.insert(place, cell)
        self._tell("cells that were missing and were put back", [cell.name for cell in missing])

    def move_tests(self) -> None:
        """A test goes below the last definition of any function that was to be written above it."""
        moved = []
        functions: set[str] = set()
        for cell in self.released:
            if cell.solution:
                functions |= defined(cell.source)
            elif cell.is_test:
                here = self.roles.index(cell)
                last = max(self._places_of_code(functions), default=-1)
                if last > here:
                    test = self.cells.pop(here)
                    del self.roles[here]
                    self.cells.insert(last, test)
                    self.roles.insert(last, cell)
                    moved.append(cell.name)
        self._tell("tests that stood above the code that they are about and were moved below it", moved)

    def _places_of_code(self, functions: set[str]) -> Iterable[int]:
        for at, cell in enumerate(self.cells):
            if cell["cell_type"] == "code" and functions & _defines(cell["source"]):
                yield at

    def _missing(self) -> list[Released]:
        present = {cell.name for cell in self.roles if cell is not None}
        return [cell for cell in self.released if cell.name not in present]

    def _place_of(self, cell: Released) -> int | None:
        free = [at for at, role in enumerate(self.roles) if role is None]
        if cell.cell_type == "code" and cell.solution:
            functions = defined(cell.source)
            places = [at for at in free if self._is_code(at) and functions & _defines(self.cells[at]["source"])]
        elif cell.solution:
            places = [at for at in free if at and not self._is_code(at) and self._is_question(at - 1, cell)]
        else:
            places = [at for at in free if self.cells[at]["source"].strip() == cell.source.strip()]
        return places[-1] if places else None

    def _is_code(self, at: int) -> bool:
        return bool(self.cells[at]["cell_type"] == "code")

    def _is_question(self, at: int, answer: Released) -> bool:
        """Whether a cell is the text that was released above an answer."""
        place = self.released.index(answer)
        above = self.released[place - 1] if place else None
        return above is not None and not above.solution and self.cells[at]["source"].strip() == above.source.strip()

    def _tell(self, what: str, names: Sequence[str]) -> None:
        if names:
            shown = ", ".join(plain(name, 60) for name in names[:SHOWN])
            more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
            self.findings.append(f"{what}: {shown}{more}")


def _defines(source: str) -> frozenset[str]:
    """The names that a student's cell defines in its first column; the text need not be Python."""
    return frozenset(name for match in DEFINITION.finditer(source) for name in match.groups() if name)
