"""Mutants that are right as well, recorded one by one with the reason, beside the exercise.

An entry reads::

[[mutant]]
function = "lines.ends"
before = "return np.sort(t)[[0, -1]]"
after = "return np.sort(t)[[0, len(t) - 1]]"
occurrence = 2        # where the same change is possible in several lines that read the same
reason = "why no check may tell it from the reference"
"""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import msgspec

from ..errors import RubricError
from .mutants import Mutant

__all__ = ["FILE", "Key", "Recorded", "key", "load"]

FILE = "equivalent_mutants.toml"

Key = tuple[str, str, str, int]


class Recorded(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One entry; the fields are :class:`.mutants.Mutant`'s."""

    function: str
    before: str
    after: str
    reason: str
    occurrence: int = 1

    @property
    def key(self) -> Key:
        """What tells it from others."""
        return (self.function, self.before, self.after, self.occurrence)


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    mutant: tuple[Recorded, ...] = ()


def key(mutant: Mutant) -> Key:
    """What tells a mutant from others, without line numbers: it holds until the very lines change."""
    return (f"{mutant.module}.{mutant.function}", mutant.before, mutant.after, mutant.occurrence)


def load(folder: Path) -> dict[Key, Recorded]:
    """The records of an exercise's folder; none where there is no file.

    Raises:
        RubricError: it is not such a file, or an entry lacks a reason or is there twice.
    """
    path = folder / FILE
    if not path.exists():
        return {}
    try:
        entries = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), _File).mutant
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise RubricError(f"{path}: can't be read ({error})") from None
    for entry in entries:
        if not entry.reason.strip():
            raise RubricError(f"{path}: {entry.function}, {entry.before!r}: say in 'reason' why it is equivalent")
    twice = [its for its, count in Counter(entry.key for entry in entries).items() if count > 1]
    if twice:
        raise RubricError(f"{path}: {twice[0][0]}, {twice[0][1]!r} -> {twice[0][2]!r} is recorded twice")
    return {entry.key: entry for entry in entries}
