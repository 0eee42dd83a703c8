"""Moodle's download of an assignment: ``Ada Lovelace_123456_assignsubmission_file_/…``.

A folder for each student, or, with that option off, the same in front of each file's name.  The words
are those of Moodle's program and the same in every language; the number is the participant's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from ...results import HandedIn, Person
from ..names import shown
from .packet import Packet, Sorted

__all__ = ["is_name", "sort"]

OWNER = re.compile(r"(?P<who>.+?)_(?P<id>\d{1,20})_assignsubmission_(?P<kind>[a-z]+)(?:_(?P<name>.*))?", re.S)


def is_name(name: str) -> bool:
    """Whether Moodle may have given a folder or a file this name."""
    return OWNER.fullmatch(name) is not None


def sort(names: Sequence[str]) -> Sorted | None:
    """Sort the files of a Moodle download; ``None`` if this isn't one."""
    files: defaultdict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    typed: set[tuple[str, str]] = set()
    others = []
    for name in names:
        first, _, rest = name.partition("/")
        found = OWNER.fullmatch(first)
        if found is None:
            others.append(f"{shown(name)}: not named as Moodle names a student's file")
            continue
        owner = found["who"], found["id"]
        mine = files[owner]
        if found["kind"] == "file":
            mine["/".join(part for part in (found["name"] or "", rest) if part)] = name
        else:
            typed.add(owner)
    if not files or len(others) > len(names) / 2:
        return None
    packets = (
        Packet(
            f"{who}_{number}",
            files[who, number],
            HandedIn(system="moodle", people=(Person(name=who, id=number),)),
            ("what was typed into Moodle's text box is not graded",) if (who, number) in typed else (),
        )
        for who, number in sorted(files)
    )
    return Sorted(tuple(packets), tuple(others))
