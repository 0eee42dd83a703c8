"""Canvas's download of an assignment: all files of all students in one folder.

A file is named ``lovelaceada_LATE_12345_67890_linear-1.py``: family and given name in one word, the
late mark where there is one, the user's number, the file's number, and the file's own name.  Canvas
puts ``-1``, ``-2``, … behind the name of a file that was handed in again.  Where somebody unpacked a
student's zip in place, there is a folder of that name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from ...results import HandedIn, Person
from ..names import shown
from .packet import Packet, Sorted

__all__ = ["is_name", "sort"]

FILE = re.compile(r"(?P<who>.+?)_(?:(?P<late>late)_)?(?P<user>\d{1,20})_(?P<number>\d{1,20})_(?P<name>.+)", re.I | re.S)
ANONYMOUS = re.compile(
    r"(?P<who>anon(?:ymous)?)_(?P<user>[a-z0-9]{5})_(?:(?P<late>late)_)?(?P<number>\d{1,20})_(?P<name>.+)", re.I | re.S
)
TYPED = re.compile(r"(?P<who>.+?)_(?:(?P<late>late)_)?(?P<user>\d{1,20})_(?P<name>[a-z]+\.html)", re.I | re.S)
"""A text or a link that was typed into a box: no file of the student's."""

AGAIN = re.compile(r"(?P<stem>.+)-(?P<again>\d{1,3})(?P<suffix>(?:\.[^.]+)?)", re.S)


@dataclass(frozen=True)
class _File:
    """A file of a student's, or an unpacked folder; ``again`` counts how often it was handed in before, by its name."""

    member: str
    name: str
    number: int
    again: int = 0


def is_name(name: str) -> bool:
    """Whether Canvas may have given a file this name."""
    return _match(name) is not None


def _match(name: str) -> re.Match[str] | None:
    return ANONYMOUS.fullmatch(name) or FILE.fullmatch(name) or TYPED.fullmatch(name)


def sort(names: Sequence[str], modules: Collection[str]) -> Sorted | None:
    """Sort the files of a Canvas download; ``None`` if this isn't one.

    Args:
        names: of all files.
        modules: the names of the modules that the exercise expects, to see ``linear-1.py`` for what it is.
    """
    files: defaultdict[tuple[str, str], list[_File]] = defaultdict(list)
    late: set[tuple[str, str]] = set()
    typed: set[tuple[str, str]] = set()
    others = []
    inside: defaultdict[str, list[str]] = defaultdict(list)
    for name in names:
        first, _, rest = name.partition("/")
        found = _match(first)
        if found is None:
            others.append(f"{shown(name)}: not named as Canvas names a student's file")
            continue
        inside[first].append(rest)
        if len(inside[first]) > 1:
            continue
        owner = found["who"], found["user"]
        if found["late"]:
            late.add(owner)
        if "number" in found.re.groupindex:
            files[owner].append(_File(first, found["name"], int(found["number"])))
        else:
            typed.add(owner)
            files[owner] += []
    if not files or len(others) > len(names) / 2:
        return None
    packets: list[Packet] = []
    for who, user in sorted(files):
        packets += _attempts(who, user, files[who, user], (who, user) in late, (who, user) in typed, modules)
    return Sorted(tuple(replace(packet, files=_unpacked(packet.files, inside)) for packet in packets), tuple(others))


def _unpacked(files: Mapping[str, str], inside: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """A student's files, with what lies in those that are folders."""
    return {
        f"{name}/{rest}" if rest else name: f"{member}/{rest}" if rest else member
        for name, member in files.items()
        for rest in inside[member]
    }


def _attempts(
    who: str, user: str, files: Sequence[_File], late: bool, typed: bool, modules: Collection[str]
) -> list[Packet]:
    """A student's attempts: each has every file in the version that it had then.

    A file that was handed in once belongs to all of them: whether it came first or last, nobody can tell.
    """
    versions = _versions(files, {module.lower() for module in modules})
    count = max(map(len, versions.values()), default=1)
    person = Person(name=who, id="" if who.lower().startswith("anon") and not user.isdigit() else user)
    notes = ("what was typed into Canvas's text box is not graded",) if typed else ()
    return [
        Packet(
            f"{who}_{user}",
            {name: kept[min(attempt, len(kept) - 1)].member for name, kept in versions.items()},
            HandedIn(
                system="canvas",
                people=(person,),
                attempt=attempt + 1 if count > 1 else None,
                attempts=count if count > 1 else None,
                marked_late=late,
            ),
            notes,
        )
        for attempt in range(count)
    ]


def _versions(files: Sequence[_File], modules: Collection[str]) -> Mapping[str, list[_File]]:
    """The versions of each file by its first name, the oldest first.

    ``linear-1.py`` is taken for a later ``linear.py`` only where there is one, or the exercise has such
    a module: a student may call a file so.
    """
    plain = {file.name for file in files}
    stripped = {file.name: found for file in files if (found := AGAIN.fullmatch(file.name))}
    counts: defaultdict[str, int] = defaultdict(int)
    for found in stripped.values():
        counts[found["stem"] + found["suffix"]] += 1
    versions: defaultdict[str, list[_File]] = defaultdict(list)
    for file in files:
        found = stripped.get(file.name)
        first = found["stem"] + found["suffix"] if found else file.name
        if found and (first in plain or counts[first] > 1 or found["stem"].lower() in modules):
            versions[first].append(_File(file.member, first, file.number, int(found["again"])))
        else:
            versions[file.name].append(file)
    return {name: sorted(kept, key=lambda file: (file.again, file.number)) for name, kept in versions.items()}
