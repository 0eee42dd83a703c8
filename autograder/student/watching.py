"""Waiting for a file to be saved."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

from ..submission.reading import is_junk

__all__ = ["saves", "state"]

SUFFIXES = (".py", ".ipynb", ".zip")
MAX_FILES = 1000
INTERVAL = 0.3
"""Seconds between two looks.  A look at an exercise's folder takes a millisecond, and needs no library."""


def saves(path: Path, interval: float = INTERVAL) -> Iterator[None]:
    """Yield each time that something under a path has been saved, once the saving has come to rest."""
    before = state(path)
    while True:
        time.sleep(interval)
        now = state(path)
        if now == before:
            continue
        while now != (later := _later(path, interval)):
            now = later
        before = now
        yield


def state(path: Path) -> dict[str, tuple[int, int]]:
    """When each file was last changed, and its size; ``path`` is a folder or a file."""
    found: dict[str, tuple[int, int]] = {}
    queue = [path]
    for place in queue:
        try:
            if place.is_dir():
                with os.scandir(place) as entries:
                    queue += [Path(e.path) for e in entries if not is_junk(e.name) and _wanted(e)][:MAX_FILES]
            else:
                status = place.stat()
                found[str(place)] = (status.st_mtime_ns, status.st_size)
        except OSError:  # an editor may be replacing it right now
            continue
        if len(found) >= MAX_FILES:
            break
    return found


def _later(path: Path, interval: float) -> dict[str, tuple[int, int]]:
    time.sleep(interval / 3)
    return state(path)


def _wanted(entry: os.DirEntry[str]) -> bool:
    return entry.is_dir(follow_symlinks=False) or entry.name.lower().endswith(SUFFIXES)
