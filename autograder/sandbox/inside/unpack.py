"""From what was handed in to a tree of modules and notebooks.

A zip may hold anything under any name, so it is read in memory, entry by entry, each up to a bound;
what it says about its own sizes is not believed.
"""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Mapping

from .notes import Notes, told

__all__ = ["expanded", "unzipped"]

MAX_ENTRIES = 1000
MAX_MODULE = 2**20
MAX_TOTAL = 128 * 2**20
MAX_NAME = 1000

WANTED = (".py", ".ipynb", ".zip")
ENCRYPTED = 1
JUNK = frozenset(["__macosx", "__pycache__", "node_modules", "site-packages"])


class _UnfitError(Exception):
    """An entry that is not read; the text says why."""


def unzipped(name: str, data: bytes, notes: Notes) -> dict[str, bytes]:
    """The modules, notebooks and zips in a zip, by path; what can't be read becomes a problem."""
    if notes.skips(name):
        return {}
    with notes.within(name):
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                return _entries(name, archive, notes)
        except Exception as error:  # a broken zip raises whatever it likes: struct.error, KeyError, zlib.error…
            notes.add(name, "error", f"is not a zip that can be opened ({told(error)})")
    return {}


def expanded(files: Mapping[str, bytes], notes: Notes) -> dict[str, bytes]:
    """The files, with the zips among them opened: ``a/b.zip`` becomes the folder ``a/b``."""
    tree: dict[str, bytes] = {}
    for path, data in files.items():
        if path.lower().endswith(".zip"):
            inner = unzipped(path, data, notes)
            tree.update({f"{path[: -len('.zip')]}/{name}": content for name, content in inner.items()})
        else:
            tree[path] = data
    return tree


def _entries(name: str, archive: zipfile.ZipFile, notes: Notes) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    room = MAX_TOTAL
    for entry in archive.infolist():
        path = _path(entry)
        if not path:
            continue
        try:
            if len(files) >= MAX_ENTRIES:
                raise _UnfitError(f"there are more than {MAX_ENTRIES} files")
            files[path] = _inflated(archive, entry, path, room)
            room -= len(files[path])
        except _UnfitError as reason:
            notes.add(name, "odd", f"{path} was not read: {reason}")
        except Exception as error:  # as above, for a single entry
            notes.add(name, "odd", f"{path} was not read: {told(error)}")
    return files


def _path(entry: zipfile.ZipInfo) -> str:
    """An entry's path in our form, or nothing for folders, junk and what nobody asked for."""
    name = entry.filename.replace("\\", "/")
    parts = [part for part in name.split("/") if part not in ("", ".")]
    junk = any(part.lower() in JUNK or (part.startswith(".") and part != "..") for part in parts)
    return "" if junk or not name.lower().endswith(WANTED) else "/".join(parts)


def _inflated(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: str, room: int) -> bytes:
    if entry.filename.startswith(("/", "\\")) or ".." in path.split("/") or len(path) > MAX_NAME:
        raise _UnfitError("its name leads elsewhere")
    if stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG):
        raise _UnfitError("it is a link or a device")
    if entry.flag_bits & ENCRYPTED:
        raise _UnfitError("it is encrypted")
    limit = min(room, MAX_MODULE) if path.lower().endswith(".py") else room
    with archive.open(entry) as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise _UnfitError("it is too large")
    return data
