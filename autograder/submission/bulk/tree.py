"""What is in a download, whether it is a zip or a folder: names, and bytes within bounds."""

from __future__ import annotations

import functools
import io
import os
import stat
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from ...errors import SubmissionError
from .. import reading
from ..names import shown

__all__ = ["MAX_DIRECTORY", "SHUT", "Tree", "tree"]

MAX_DIRECTORY = 16 * 2**20
"""The longest directory of a zip that is read.  Parsed it takes some ten times as much memory."""

MAX_ENTRIES = 100_000
MAX_DEPTH = reading.MAX_DEPTH + 3
MAX_NAME = 1000

ENCRYPTED = 1
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Others inflate with as much memory as a member's header asks for."""


SHUT = "."
"""What stands for all that is in a folder that can't be listed: to read it fails, and so does its submission."""

EMPTY = b"PK\5\6" + bytes(18)
"""A zip with nothing in it."""


@dataclass(frozen=True)
class Tree:
    """The ordinary files of a download.

    Attributes:
        path: the zip's or the folder's.
        names: relative paths, ``/`` between their parts; junk is left out.
        passed_over: what else there was, with the reason.
    """

    path: Path
    names: tuple[str, ...]
    passed_over: tuple[str, ...]

    def under(self, prefix: str) -> tuple[str, ...]:
        """The names that begin with a folder's, without it."""
        return tuple(name[len(prefix) :] for name in self.names if name.startswith(prefix))

    def read(self, name: str, limit: int) -> bytes:
        """A file's bytes.

        Raises:
            reading.UnfitError: if it is not to be read; the text says why.
            OSError: if it can't be.
        """
        if self.path.is_dir():
            return reading.read_beneath(self.path, tuple(name.split("/")), limit)
        return _inflated(self.path, name, limit)


def tree(path: Path) -> Tree | None:
    """What is in a zip or a folder; ``None`` for a file that is no zip that can be opened.

    Raises:
        SubmissionError: a zip with more in it than is read.
    """
    passed_over: list[str] = []
    names = _walked(path, passed_over) if path.is_dir() else _listed(path, passed_over)
    return None if names is None else Tree(path, tuple(names), tuple(passed_over))


def _walked(root: Path, passed_over: list[str]) -> list[str]:
    names: list[str] = []
    folders = [(root, "", 0)]
    while folders:
        folder, above, depth = folders.pop()
        try:
            with os.scandir(folder) as entries:
                listing = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            passed_over.append(f"{shown(above or root.name)}: can't be listed ({error.strerror})")
            if above:
                names.append(f"{above}{SHUT}")
            continue
        for entry in listing:
            name = above + entry.name
            if reading.is_junk(entry.name):
                continue
            if reading.is_link(entry):
                passed_over.append(f"{shown(name)}: a link")
            elif entry.is_dir(follow_symlinks=False):
                if depth < MAX_DEPTH:
                    folders.append((folder / entry.name, f"{name}/", depth + 1))
                else:
                    passed_over.append(f"{shown(name)}: more than {MAX_DEPTH} folders deep")
            elif not entry.is_file(follow_symlinks=False):
                passed_over.append(f"{shown(name)}: not an ordinary file")
            elif len(names) < MAX_ENTRIES:
                names.append(name)
            else:
                raise SubmissionError(f"{shown(str(root))}: there are more than {MAX_ENTRIES} files in it; divide it")
    return sorted(names)


def _listed(path: Path, passed_over: list[str]) -> list[str] | None:
    try:
        members, refused = _members(path, _version(path))
    except OSError:
        return None
    passed_over += refused
    return None if members is None else sorted(members)


def _version(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_mtime_ns, status.st_size


@functools.lru_cache(maxsize=2)
def _members(path: Path, _state: tuple[int, int]) -> tuple[dict[str, zipfile.ZipInfo] | None, tuple[str, ...]]:
    """A zip's members by name, and why others are none; kept, since each submission asks for its own.

    Raises:
        SubmissionError: if its directory is too long.
    """
    try:
        with path.open("rb") as file, zipfile.ZipFile(_Bounded(file)) as archive:
            entries = archive.infolist()
    except _TooLongError:
        raise SubmissionError(
            f"{shown(str(path))}: there is too much in it to be read as a zip; unpack it, and give the folder"
        ) from None
    except Exception:  # a broken zip raises whatever it likes; as one submission's it is told to its student
        return None, ()
    members: dict[str, zipfile.ZipInfo] = {}
    refused = []
    for entry in entries:
        name, reason = _sorted_out(entry, members)
        if reason:
            refused.append(f"{shown(entry.filename)}: {reason}")
        elif name:
            members[name] = entry
    return members, tuple(refused)


def _sorted_out(entry: zipfile.ZipInfo, members: dict[str, zipfile.ZipInfo]) -> tuple[str, str]:
    """A member's name, or why it is none; both empty for folders and junk."""
    name = entry.filename.replace("\\", "/")
    parts = name.split("/")
    if name.endswith("/") or any(reading.is_junk(part) and part not in (".", "..") for part in parts):
        return "", ""
    if "" in parts or "." in parts or ".." in parts or len(parts) > MAX_DEPTH or len(name) > MAX_NAME:
        return "", "its name leads elsewhere"
    if stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG):
        return "", "a link or a device"
    if entry.flag_bits & ENCRYPTED:
        return "", "encrypted"
    if entry.compress_type not in METHODS:
        return "", "compressed in an unusual way"
    if name in members:
        return "", "its name occurs twice"
    if len(members) >= MAX_ENTRIES:
        raise SubmissionError(f"there are more than {MAX_ENTRIES} files in a zip; divide it")
    return name, ""


def _inflated(path: Path, name: str, limit: int) -> bytes:
    """A member's bytes; what it says about its own size is not believed."""
    members, _ = _members(path, _version(path))
    if members is None or name not in members:
        raise reading.UnfitError("is no longer in the download")
    try:
        with path.open("rb") as file:
            data = _opened(file, members[name]).read(limit + 1)
    except OSError:
        raise
    except Exception as error:  # as above
        raise reading.UnfitError(f"could not be unpacked ({type(error).__name__})") from None
    if len(data) > limit:
        raise reading.UnfitError(reading.TOO_LARGE)
    return data


def _opened(file: IO[bytes], entry: zipfile.ZipInfo) -> IO[bytes]:
    """A member of a zip whose directory has been read before, without reading it again."""
    archive = zipfile.ZipFile(io.BytesIO(EMPTY))
    archive.fp = file
    return archive.open(entry)


class _TooLongError(Exception):
    """More at once than a zip's directory may be."""


class _Bounded(io.BufferedIOBase):
    """A file of which only so much can be read at once: a zip's directory is read in one piece."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def read(self, size: int | None = -1, /) -> bytes:
        """As of any file.

        Raises:
            _TooLongError: for more than the bound.
        """
        if size is None or size < 0 or size > MAX_DIRECTORY:
            data = self._file.read(MAX_DIRECTORY + 1)
            if len(data) > MAX_DIRECTORY:
                raise _TooLongError
            return data
        return self._file.read(size)

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """As of any file."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """As of any file."""
        return self._file.tell()

    def seekable(self) -> bool:
        """It is."""
        return True

    def readable(self) -> bool:
        """It is."""
        return True
