"""Gradescope's export of an assignment: ``submission_NNN/…`` and ``submission_metadata.yml``.

The metadata have an entry for each folder: who handed in (one or a group), when, and the history of
earlier attempts.  An export holds the files of the attempt that counts; where it holds a folder for
an earlier one as well, or two folders of the same people, these are attempts of one submission.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...errors import UsageError
from ...lateness import moment
from ...results import HandedIn, Person
from ..names import shown
from .metadata import METADATA, Parsed
from .packet import Packet, Sorted

__all__ = ["is_name", "sort"]

FOLDER = re.compile(r"submission_(\d{1,20})")


@dataclass(frozen=True)
class _Attempt:
    """What is known about a folder; ``time`` is empty where it is not known."""

    folder: str
    people: tuple[Person, ...]
    time: str
    earlier: int = 0


def is_name(name: str) -> bool:
    """Whether Gradescope may have given a folder or a file this name."""
    return name == METADATA or FOLDER.fullmatch(name) is not None


def sort(names: Sequence[str], metadata: Parsed) -> Sorted | None:
    """Sort the files of a Gradescope export; ``None`` if this isn't one.

    Args:
        names: of all files.
        metadata: what its metadata say; without them each folder is somebody, and nobody knows who.
    """
    files: defaultdict[str, dict[str, str]] = defaultdict(dict)
    others = []
    for name in names:
        folder, _, rest = name.partition("/")
        if FOLDER.fullmatch(folder) and rest:
            files[folder][rest] = name
        elif name != METADATA:
            others.append(f"{shown(name)}: in no submission's folder")
    if not files or (METADATA not in names and others):
        return None
    for folder in metadata.entries:  # handed in, with no file in it
        if FOLDER.fullmatch(folder):
            files[folder] |= {}
    packets: list[Packet] = []
    for who, attempts in sorted(_grouped(files, metadata.entries).items()):
        packets += _packets(who, attempts, files)
    return Sorted(tuple(packets), (*others, *metadata.problems))


def _packets(who: str, attempts: Sequence[_Attempt], files: Mapping[str, Mapping[str, str]]) -> Iterator[Packet]:
    count = max(len(attempts), 1 + attempts[-1].earlier)
    for position, attempt in enumerate(attempts):
        number = count - (len(attempts) - 1 - position)
        handed_in = HandedIn(
            system="gradescope",
            people=attempt.people,
            attempt=number if count > 1 else None,
            attempts=count if count > 1 else None,
            time=attempt.time,
        )
        yield Packet(who, files[attempt.folder], handed_in)


def _grouped(files: Mapping[str, Any], entries: Mapping[str, Any]) -> dict[str, list[_Attempt]]:
    """The attempts of each person or group, the earliest first; a folder about which nothing is known is somebody."""
    known: dict[str, _Attempt] = {}
    for folder, entry in entries.items():
        people = _people(entry)
        history = entry.get(":history")
        history = [past for past in history if isinstance(past, dict)] if isinstance(history, list) else []
        known[folder] = _Attempt(folder, people, _time(entry.get(":created_at")), len(history))
        for past in history:
            earlier = f"submission_{past.get(':id', '')}"
            if earlier in files and earlier not in entries:
                known[earlier] = _Attempt(earlier, people, _time(past.get(":created_at")))
    groups: defaultdict[tuple[Person, ...] | str, list[_Attempt]] = defaultdict(list)
    for folder in sorted(files, key=_number):
        attempt = known.get(folder, _Attempt(folder, (), ""))
        groups[attempt.people or folder].append(attempt)
    grouped: dict[str, list[_Attempt]] = {}
    for attempts in groups.values():
        attempts.sort(key=lambda attempt: (attempt.time, _number(attempt.folder)))
        grouped[_name(attempts[-1], grouped)] = attempts
    return grouped


def _name(attempt: _Attempt, taken: Mapping[str, Any]) -> str:
    """How a person or a group is called: what stays the same when they hand in again."""
    called = [f"{person.name}_{person.student_id or person.email}".strip("_") for person in attempt.people]
    name = "+".join(called)[:200].replace("/", "-")
    return name if name and name not in taken else f"{name}_{attempt.folder}".strip("_")


def _people(entry: Mapping[str, Any]) -> tuple[Person, ...]:
    listed = entry.get(":submitters")
    people = {
        Person(name=_text(one, ":name"), email=_text(one, ":email"), student_id=_text(one, ":sid"))
        for one in (listed if isinstance(listed, list) else [])
        if isinstance(one, dict)
    }
    people.discard(Person())
    return tuple(sorted(people, key=lambda person: (person.student_id, person.email, person.name)))


def _text(entry: Mapping[str, Any], key: str) -> str:
    value = entry.get(key)
    return value if isinstance(value, str) else ""


def _time(text: Any) -> str:
    """A time as Ruby writes it (``2026-03-01 22:10:05.123456000 Z``) in ISO 8601; nothing if it is none."""
    if not isinstance(text, str):
        return ""
    try:
        return moment(
            re.sub(r"(\.\d{6})\d*", r"\1", text.strip()).replace(" Z", "+00:00").replace(" +", "+")
        ).isoformat()
    except UsageError:
        return ""


def _number(folder: str) -> int:
    found = FOLDER.fullmatch(folder)
    return int(found[1]) if found else 0
