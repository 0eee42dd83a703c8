"""From a path to the submissions of a download, if it is one."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path

from ...errors import SubmissionError
from .. import names, reading
from ..source import StudentSource
from ..submitted import KINDS, Attempt, Submitted
from . import canvas, gradescope, moodle
from .metadata import MAX_BYTES, METADATA, Parsed, parsed
from .packet import Packet, Sorted
from .tree import SHUT, Tree, tree

__all__ = ["BulkSubmitted", "class_in", "names_in", "opened", "students_in", "without_data"]


MAX_TOLD = 10


@dataclass(frozen=True)
class BulkSubmitted(Submitted):
    """A submission in a download; ``path`` says where in it, and is no path on this machine.

    Attributes:
        download: what it is in.
        members: for each of the submission's paths, the name in the download.
        notes: what there is to tell about it.
    """

    download: Tree = field(kw_only=True)
    members: tuple[tuple[str, str], ...] = field(kw_only=True)
    notes: tuple[str, ...] = field(kw_only=True, default=())

    def read(self) -> StudentSource:
        """Read its bytes, within bounds; what was passed over is in the ``warnings``.

        Raises:
            SubmissionError: if what may be work in it can't be read.
        """
        where = dict(self.members)
        candidates = [tuple(path.split("/")) for path in where]
        files, warnings = reading.gather(
            candidates, lambda parts, limit: self.download.read(where["/".join(parts)], limit), self.download.path
        )
        digest = reading.digest(self.kind, files)
        return StudentSource(self.identifier, self.name, self.kind, files, digest, (*self.notes, *warnings))


def opened(path: Path, modules: Collection[str], attempt: Attempt) -> tuple[list[Submitted], tuple[str, ...]] | None:
    """The submissions of a download and what was passed over; ``None`` if the path is no download.

    Args:
        path: a zip or a folder.
        modules: the names of the modules that the exercise expects.
        attempt: which of a student's attempts: the last, or (to find the best) all.

    Raises:
        SubmissionError: a zip with more in it than is read.
    """
    whole = _whole(path)
    if whole is None:
        return None
    for prefix in _prefixes(whole):
        found = _sort(whole, prefix, modules, _metadata(whole, prefix))
        if found is not None:
            return _all(whole, prefix, found, attempt)
    return None


def students_in(path: Path, modules: Collection[str]) -> int:
    """How many students' a download seems to be, by its names alone: it may yet be one student's archive.

    Args:
        path: a zip or a folder.
        modules: the names of the modules that the exercise expects.

    Raises:
        SubmissionError: a zip with more in it than is read.
    """
    whole = _whole(path)
    if whole is None:
        return 0
    for prefix in _prefixes(whole):
        found = _sort(whole, prefix, modules, Parsed())
        if found is not None:
            return len({packet.who for packet in found.packets})
    return 0


def _whole(path: Path) -> Tree | None:
    return tree(path) if path.is_file() or _looks_like_one(path) else None


def names_in(path: Path) -> list[tuple[str, ...]]:
    """The paths of the modules, notebooks and zips in a zip, in parts; none if it is no zip that can be opened.

    Raises:
        SubmissionError: a zip with more in it than is read.
    """
    whole = tree(path)
    return [tuple(name.split("/")) for name in whole.names if reading.is_wanted(name)] if whole else []


def class_in(path: Path, wrapper: str) -> tuple[list[Submitted], tuple[str, ...]]:
    """The submissions in a zip that holds a folder, a zip or a notebook for each student, and what was passed over.

    Args:
        path: the zip.
        wrapper: the folder in it that holds all of them, with its ``/``, or nothing.

    Raises:
        SubmissionError: a zip with more in it than is read.
    """
    whole = tree(path) or Tree(path, (), ())
    files: defaultdict[str, dict[str, str]] = defaultdict(dict)
    others = [f"{names.shown(name)}: in no student's folder" for name in whole.names if not name.startswith(wrapper)]
    for name in whole.under(wrapper):
        first, _, rest = name.partition("/")
        if rest or Path(first).suffix.lower() in (".zip", ".ipynb"):
            files[first][rest or first] = name
        else:
            others.append(f"{names.shown(name)}: in no student's folder")
    packets = tuple(Packet(who, files[who]) for who in sorted(files))
    return _all(whole, wrapper, Sorted(packets, tuple(others)), "last")


def without_data(path: Path) -> BulkSubmitted | None:
    """A zip that is too large to be read whole, as its modules, notebooks and zips; ``None`` for any other."""
    try:
        whole = tree(path) if path.stat().st_size > reading.MAX_BYTES else None
    except (OSError, SubmissionError):
        return None
    if whole is None:
        return None
    note = f"{names.shown(path.name)}: is larger than 63 MiB; only the .py, .ipynb and .zip in it were read"
    packet = Packet(path.name, {name: name for name in whole.names}, notes=(note, *whole.passed_over[:MAX_TOLD]))
    return replace(_one(whole, "", packet, names.identifier(path.name), ""), path=path)


def _all(whole: Tree, prefix: str, found: Sorted, attempt: Attempt) -> tuple[list[Submitted], tuple[str, ...]]:
    submissions: list[Submitted] = []
    for _, group in groupby(found.packets, key=lambda packet: packet.who):
        submissions += _submitted(whole, prefix, list(group), attempt)
    return submissions, (*whole.passed_over, *found.passed_over)


def _looks_like_one(folder: Path) -> bool:
    """Whether a folder's first two levels have a download's names: no other is searched to its depth."""
    tops = _top(folder)
    if len(tops) == 1 and (folder / tops[0]).is_dir():
        tops += _top(folder / tops[0])
    return any(sort.is_name(name) for name in tops for sort in (moodle, gradescope, canvas))


def _top(folder: Path) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            return [e.name for e in entries if not reading.is_link(e) and not reading.is_junk(e.name)]
    except OSError:
        return []


def _prefixes(whole: Tree) -> list[str]:
    """Nothing, and the one folder that holds everything, if there is one."""
    tops = {name.partition("/")[0] for name in whole.names}
    only = f"{tops.pop()}/" if len(tops) == 1 else ""
    return ["", only] if only and all(name.startswith(only) for name in whole.names) else [""]


def _sort(whole: Tree, prefix: str, modules: Collection[str], metadata: Parsed) -> Sorted | None:
    inner = whole.under(prefix)
    return moodle.sort(inner) or gradescope.sort(inner, metadata) or canvas.sort(inner, modules)


def _metadata(whole: Tree, prefix: str) -> Parsed:
    if f"{prefix}{METADATA}" not in whole.names:
        return Parsed()
    try:
        return parsed(whole.read(f"{prefix}{METADATA}", MAX_BYTES))
    except (reading.UnfitError, OSError) as error:
        return Parsed(problems=(f"{METADATA}: {error}; who handed in is not known",))


def _submitted(whole: Tree, prefix: str, attempts: Sequence[Packet], attempt: Attempt) -> list[Submitted]:
    """A student's last attempt, or all of them."""
    who = attempts[-1].who
    owner = names.identifier(who)
    chosen = attempts if attempt == "best" else attempts[-1:]
    several = len(chosen) > 1
    return [
        _one(whole, prefix, packet, f"{owner}-attempt-{number}" if several else owner, owner if several else "")
        for number, packet in enumerate(chosen, 1)
    ]


def _is_shut(path: str) -> bool:
    return path.rpartition("/")[2] == SHUT


def _one(whole: Tree, prefix: str, packet: Packet, identifier: str, attempt_of: str) -> BulkSubmitted:
    files = {
        path: prefix + member
        for path, member in packet.files.items()
        if not any(reading.is_junk(part) and part != SHUT for part in path.split("/"))
    }
    wanted = {path: member for path, member in files.items() if reading.is_wanted(path) or _is_shut(path)}
    alone = Path(next(iter(wanted))).suffix.lower() if len(wanted) == 1 else ""
    return BulkSubmitted(
        identifier if len(identifier) <= names.MAX_IDENTIFIER else names.with_digest(identifier, identifier),
        names.shown(packet.who),
        whole.path / names.identifier(packet.who) / identifier,
        KINDS.get(alone, "folder"),
        packet.handed_in,
        attempt_of,
        download=whole,
        members=tuple(wanted.items()),
        notes=(*packet.notes, *(() if wanted else reading.left_over(files))),
    )
