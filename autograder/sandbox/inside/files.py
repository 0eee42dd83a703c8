"""Files that students' code writes: kept in memory, where the code finds them again, and gone with the worker.

The locks refuse every write.  Saving an array or a picture is no fault, though, and must cost
nothing: :func:`install` makes the standard library's and numpy's ways of opening a file by its name
write to memory.  This is kindness and no lock; the locks hold without it.
"""

from __future__ import annotations

import builtins
import errno
import io
import os
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Any

from numpy.lib import _datasource

__all__ = ["MAX_BYTES", "REPLACED", "install"]

MAX_BYTES = 32 * 2**20
"""What all files together may hold; then the disk is full."""

REPLACED: tuple[tuple[Any, str], ...] = (
    (builtins, "open"),
    (io, "open"),
    *((os, name) for name in ("mkdir", "rmdir", "remove", "unlink", "rename", "replace")),
    *((os.path, name) for name in ("exists", "isfile", "isdir")),
)
"""What :func:`install` puts something else in the place of."""


def install() -> None:
    """Keep what is written from here on in memory, in this whole process."""
    if isinstance(getattr(builtins.open, "__self__", None), _Disk):
        return
    disk = _Disk({name: getattr(owner, name) for owner, name in REPLACED})
    for owner, name in REPLACED:
        setattr(owner, name, getattr(disk, name))
    with suppress(AttributeError):  # numpy's own, which it took before
        _datasource._file_openers._file_openers[None] = disk.open  # type: ignore[attr-defined]


class _Disk:
    """Files by path, and the functions that find them; anything else goes to the real ones."""

    def __init__(self, real: dict[str, Callable[..., Any]]) -> None:
        self._real = real
        self._files: dict[str, bytes] = {}
        self._folders: set[str] = set()
        self._room = MAX_BYTES

    def store(self, path: str, data: bytes) -> None:
        """Keep a file's content in the place of what it held.

        Raises:
            OSError: if the disk is full.
        """
        growth = len(data) - len(self._files.get(path, b""))
        if growth > self._room:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self._room -= growth
        self._files[path] = data

    def open(
        self,
        file: Any,
        mode: str = "r",
        buffering: int = -1,
        encoding: str | None = None,
        errors: str | None = None,
        newline: str | None = None,
        closefd: bool = True,
        opener: Any = None,
    ) -> IO[Any]:
        """As the built-in function."""
        path = _normal(file)
        if isinstance(file, int) or not (path in self._files or set(mode) & set("wax+")):
            found: IO[Any] = self._real["open"](file, mode, buffering, encoding, errors, newline, closefd, opener)
            return found
        if "x" in mode and path in self._files:
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), path)
        if "r" in mode and path not in self._files:
            with self._real["open"](file, "rb") as original:
                self.store(path, original.read(MAX_BYTES))
        raw = _MemoryFile(self, path, b"" if set(mode) & set("wx") else self._files.get(path, b""))
        if "a" in mode:
            raw.seek(0, io.SEEK_END)
        return raw if "b" in mode else io.TextIOWrapper(raw, encoding or "utf-8", errors, newline)

    def mkdir(self, path: Any, *_: Any, **__: Any) -> None:
        """Make a folder; it may be there already."""
        self._folders.add(_normal(path))

    def rmdir(self, path: Any, **options: Any) -> None:
        """Forget a folder."""
        if _normal(path) in self._folders:
            self._folders.remove(_normal(path))
        else:
            self._real["rmdir"](path, **options)

    def remove(self, path: Any, **options: Any) -> None:
        """Forget a file."""
        if _normal(path) in self._files:
            self._room += len(self._files.pop(_normal(path)))
        else:
            self._real["remove"](path, **options)

    unlink = remove

    def replace(self, src: Any, dst: Any, **options: Any) -> None:
        """Move a file."""
        if _normal(src) in self._files:
            data = self._files[_normal(src)]
            self.remove(src)
            self.store(_normal(dst), data)
        else:
            self._real["replace"](src, dst, **options)

    rename = replace

    def exists(self, path: Any) -> bool:
        """Whether there is such a file or folder."""
        return self.isfile(path) or self.isdir(path) or bool(self._real["exists"](path))

    def isfile(self, path: Any) -> bool:
        """Whether there is such a file."""
        return _normal(path) in self._files or bool(self._real["isfile"](path))

    def isdir(self, path: Any) -> bool:
        """Whether there is such a folder."""
        return _normal(path) in self._folders or bool(self._real["isdir"](path))


class _MemoryFile(io.BytesIO):
    """An open file, stored when it is closed."""

    def __init__(self, disk: _Disk, path: str, content: bytes) -> None:
        super().__init__(content)
        self.name = path
        self._disk = disk

    def close(self) -> None:
        """Store what was written, if anything was."""
        try:
            if not self.closed:
                self._disk.store(self.name, self.getvalue())
        finally:
            super().close()


def _normal(path: Any) -> str:
    """One form for a path however it was given; nothing for what is no path."""
    try:
        return os.path.normpath(os.fsdecode(path))
    except TypeError:
        return ""
