"""Results as grading left them on disk, one file each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from ..results import Result, load
from ..text import plain

__all__ = ["results_in"]

MAX_BYTES = 64 * 2**20
"""No result is longer."""


def results_in(folder: Path) -> Iterator[Result | str]:
    """The results of a folder one after the other, by name; a sentence in the place of what is none."""
    for path in sorted(folder.glob("*.json")):
        try:
            result = load(path.read_bytes()) if path.stat().st_size <= MAX_BYTES else None
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            yield f"{path}: not a result that can be read ({plain(str(error), 200)}); grade again, or remove it"
            continue
        if result is None:
            yield f"{path}: too large for a result; grade again, or remove it"
        elif result.submission != path.stem:
            yield f"{path}: holds the result of {plain(result.submission, 80)}; name it as it was, or remove it"
        else:
            yield result
