"""Reading what a student handed in: bounded, and never through a link.

A folder's files are opened component by component, each relative to the folder before it, so that
nothing can be swapped for a link in between.  Where the system can't do that (Windows, where this
runs on a student's own files) links are passed over when they are listed.

What is a student's doing (a link, a file that is too large) is told and costs that file alone.  A file or
folder that the system doesn't let us read is not: the submission then has no mark until it can be read.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import stat
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path

from ..errors import SubmissionError
from .names import shown

__all__ = [
    "MAX_BYTES",
    "MAX_DEPTH",
    "MAX_FILES",
    "MAX_MODULE",
    "TOO_LARGE",
    "UnfitError",
    "digest",
    "entries",
    "gather",
    "is_junk",
    "is_link",
    "is_wanted",
    "left_over",
    "read_beneath",
    "read_file",
    "read_folder",
    "wanted",
]

MAX_BYTES = 63 * 2**20
"""What is read of one submission, names included; with the rest of a load request it fits in a frame."""

MAX_MODULE = 2**20
"""The largest module that is read.  A parser takes a thousand times as much memory as its text."""

MAX_FILES = 1000
MAX_DEPTH = 12
MAX_ENTRIES = 20_000
MAX_WARNINGS = 20
MAX_LEFT = 3

WANTED = {".py": 0, ".ipynb": 1, ".zip": 2}
"""The suffixes that are read, the most telling first: what doesn't fit any more is left out."""

REMEDIES = ("take its data out", "clear its outputs", "leave its data out")
"""What helps a module, a notebook and a zip that are too large."""

ARCHIVES = frozenset([".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz"])

JUNK = frozenset(["__macosx", "__pycache__", "node_modules", "site-packages"])

BENEATH = os.open in os.supports_dir_fd and os.scandir in os.supports_fd
FILE = os.O_RDONLY | sum(
    getattr(os, flag, 0) for flag in ("O_NOFOLLOW", "O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY")
)
FOLDER = os.O_RDONLY | sum(getattr(os, flag, 0) for flag in ("O_DIRECTORY", "O_NOFOLLOW", "O_CLOEXEC"))

NOT_ORDINARY = "is not an ordinary file, and was passed over"
TOO_LARGE = "was not read: it is too large"

Parts = tuple[str, ...]


class UnfitError(Exception):
    """A file that is not read; the text says why."""


class _Warnings:
    """Plain sentences, of which only the first few are kept."""

    def __init__(self) -> None:
        self._kept: list[str] = []
        self._more = 0
        self.others: list[str] = []

    def add(self, parts: Parts, reason: str) -> None:
        """Say what happened to a file."""
        if len(self._kept) < MAX_WARNINGS:
            self._kept.append(f"{shown('/'.join(parts) or 'the folder')}: {reason}")
        else:
            self._more += 1

    def leave(self, parts: Parts) -> None:
        """Note a file of another kind: it matters where there is nothing else."""
        if len(self.others) < MAX_LEFT:
            self.others.append("/".join(parts))

    def listed(self) -> tuple[str, ...]:
        """The sentences, and how many there were beside them."""
        return (*self._kept, f"{self._more} more files were passed over") if self._more else tuple(self._kept)


def read_file(path: Path) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """A zip, a notebook or a module as it is, by its name; and what was wrong with it.

    Raises:
        SubmissionError: if it can't be read.
    """
    warnings = _Warnings()
    parts = (path.name,)
    try:
        return {_key(parts): read_beneath(path.parent, parts, min(MAX_BYTES, _largest(parts)))}, ()
    except UnfitError as reason:
        warnings.add(parts, _told(parts, reason))
        return {}, warnings.listed()
    except OSError as error:
        raise _unreadable(path, (), error) from None


def read_folder(root: Path) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """The modules, notebooks and zips under a folder by relative path, and what was passed over.

    Raises:
        SubmissionError: if the folder, or anything in it that may be work, can't be read.
    """
    warnings = _Warnings()
    candidates = list(_candidates(root, warnings))
    return gather(candidates, lambda parts, limit: read_beneath(root, parts, limit), root, warnings)


def gather(
    candidates: Iterable[Parts], read: Callable[[Parts, int], bytes], root: Path, warnings: _Warnings | None = None
) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """Read files until there are enough, the most telling first; and say what was not read.

    Args:
        candidates: their paths.
        read: reads one, up to a limit; raises :class:`UnfitError` or ``OSError``.
        root: what they are in, for people's eyes.
        warnings: what there is to say already.

    Raises:
        SubmissionError: if one can't be read.
    """
    warnings = warnings or _Warnings()
    files: dict[str, bytes] = {}
    room = MAX_BYTES
    for parts in _ordered(candidates):
        if len(files) == MAX_FILES:
            warnings.add(parts, f"was not read: there are more than {MAX_FILES} files")
            continue
        limit = min(room, _largest(parts))
        key = _key(parts)
        try:
            files[key] = read(parts, limit - len(key))
        except UnfitError as reason:
            warnings.add(parts, _told(parts, reason))
        except OSError as error:
            _tell(root, parts, error, warnings)
        else:
            room -= len(key) + len(files[key])
    return files, (*warnings.listed(), *(() if files else left_over(warnings.others)))


def left_over(names: Iterable[str]) -> tuple[str, ...]:
    """What to say about files of other kinds where there is nothing that can be read."""
    return tuple(
        f"{shown(name)}: only .py, .ipynb and .zip are read; "
        f"{'unpack it, or hand in a zip' if _suffix(name) in ARCHIVES else 'hand in one of these'}"
        for name in islice(names, MAX_LEFT)
    )


def _ordered(candidates: Iterable[Parts]) -> list[Parts]:
    """The most telling first, and of each folder one after the other: many in one hide none in another."""
    folders: defaultdict[tuple[int, Parts], list[Parts]] = defaultdict(list)
    for parts in sorted(candidates):
        folders[_rank(parts), parts[:-1]].append(parts)
    turns = [(turn, parts) for found in folders.values() for turn, parts in enumerate(found)]
    return [parts for _, parts in sorted(turns, key=lambda one: (_rank(one[1]), one[0], len(one[1]), one[1]))]


def _told(parts: Parts, reason: UnfitError) -> str:
    """Why a file was not read; and where it is too large, the limit and the remedy."""
    if str(reason) != TOO_LARGE:
        return str(reason)
    limit = "module may have 1" if _rank(parts) == 0 else "submission may have 63"
    return f"{TOO_LARGE} (a {limit} MiB; {REMEDIES[_rank(parts)]})"


def _tell(root: Path, parts: Parts, error: OSError, warnings: _Warnings) -> None:
    """Tell that something has become a link, which isn't followed; for all else there can be no mark."""
    if error.errno not in (errno.ELOOP, errno.ENOTDIR):
        raise _unreadable(root, parts, error) from None
    warnings.add(parts, f"could not be read ({error.strerror})")


def wanted(root: Path, depth: int) -> list[Parts]:
    """The paths of modules, notebooks and zips, at most so many levels down; none where that can't be told.

    It is for a look at what a folder is; what there is to say about it, its reading says.
    """
    try:
        return list(_candidates(root, _Warnings(), depth))
    except SubmissionError:
        return []


def entries(folder: Path) -> list[os.DirEntry[str]]:
    """What is in a folder, by name.

    Raises:
        SubmissionError: if it can't be listed.
    """
    try:
        with os.scandir(folder) as found:
            return sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        raise SubmissionError(f"{shown(str(folder))} can't be listed ({error.strerror})") from None


def is_junk(name: str) -> bool:
    """Whether a file or folder is what systems and tools leave behind, not a student's work."""
    return name.startswith(".") or name.lower() in JUNK


def is_wanted(name: str) -> bool:
    """Whether a file may be a student's work: a module, a notebook or a zip."""
    return _suffix(name) in WANTED


def digest(kind: str, files: Mapping[str, bytes]) -> str:
    """SHA-256 over the kind, the paths and the bytes, each with its length, in order of the paths."""
    whole = hashlib.sha256()
    for part in (kind.encode(), *(part for path in sorted(files) for part in (path.encode(), files[path]))):
        whole.update(len(part).to_bytes(8, "big"))
        whole.update(part)
    return whole.hexdigest()


def _candidates(root: Path, warnings: _Warnings, depth: int = MAX_DEPTH) -> Iterator[Parts]:
    """The paths that are worth reading, breadth first."""
    queue: deque[Parts] = deque([()])
    entries_left = MAX_ENTRIES
    while queue:
        here = queue.popleft()
        try:
            with _listed(root, here) as listing:
                entries = sorted(islice(listing, entries_left), key=lambda entry: entry.name)
                entries_left -= len(entries)
                if here and any(entry.name == "pyvenv.cfg" for entry in entries):
                    warnings.add(here, "is a virtual environment, and was passed over")
                    continue
                for entry in entries:
                    if not is_junk(entry.name):
                        yield from _sorted_out(entry, (*here, entry.name), queue, warnings, depth)
        except OSError as error:
            if not here:
                raise _unreadable(root, here, error) from None
            _tell(root, here, error, warnings)
        if not entries_left:
            warnings.add(here, f"there are more than {MAX_ENTRIES} files and folders; the rest was passed over")
            return


def _sorted_out(
    entry: os.DirEntry[str], parts: Parts, queue: deque[Parts], warnings: _Warnings, depth: int
) -> Iterator[Parts]:
    """Yield a file that is wanted; put a folder into the queue."""
    if is_link(entry):
        warnings.add(parts, "is a link, and was passed over")
    elif entry.is_dir(follow_symlinks=False):
        if len(parts) < depth:
            queue.append(parts)
        else:
            warnings.add(parts, f"is more than {depth} folders deep, and was passed over")
    elif _suffix(entry.name) in WANTED:
        if entry.is_file(follow_symlinks=False):
            yield parts
        else:
            warnings.add(parts, NOT_ORDINARY)
    else:
        warnings.leave(parts)


def read_beneath(root: Path, parts: Parts, limit: int) -> bytes:
    """A file's bytes; nothing on the way to it may be a link.

    Raises:
        UnfitError: if it is too large, or no ordinary file.
        OSError: if it can't be read.
    """
    descriptor = _open(root, parts)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise UnfitError(NOT_ORDINARY)
        if status.st_size > limit:
            raise UnfitError(TOO_LARGE)
        with open(descriptor, "rb", closefd=False) as file:
            data = file.read(limit + 1)
    finally:
        os.close(descriptor)
    if len(data) > limit:
        raise UnfitError(TOO_LARGE)
    return data


def _open(root: Path, parts: Parts, flags: int = FILE) -> int:
    """Open what is at ``parts`` under ``root``; nothing on the way may be a link."""
    if not BENEATH:
        return os.open(root.joinpath(*parts), flags)
    descriptor = os.open(root, FOLDER if parts else flags)
    for depth, part in enumerate(parts, start=1):
        above = descriptor
        try:
            descriptor = os.open(part, flags if depth == len(parts) else FOLDER, dir_fd=above)
        finally:
            os.close(above)
    return descriptor


@contextlib.contextmanager
def _listed(root: Path, parts: Parts) -> Iterator[Iterator[os.DirEntry[str]]]:
    if not BENEATH:
        with os.scandir(root.joinpath(*parts)) as listing:
            yield listing
        return
    descriptor = _open(root, parts, FOLDER)
    try:
        # A descriptor gives entries of strings too, which the stubs don't know.
        with os.scandir(descriptor) as listing:
            yield listing
    finally:
        os.close(descriptor)


def is_link(entry: os.DirEntry[str]) -> bool:
    """Whether an entry leads elsewhere."""
    is_junction = getattr(entry, "is_junction", None)  # Python 3.12; false but on Windows
    return entry.is_symlink() or bool(is_junction and is_junction())


def _rank(parts: Parts) -> int:
    return WANTED.get(_suffix(parts[-1]), 0)


def _largest(parts: Parts) -> int:
    return MAX_BYTES if _rank(parts) else MAX_MODULE


def _suffix(name: str) -> str:
    return os.path.splitext(name)[1].lower()  # noqa: PTH122 - names of other systems' making, not paths


def _key(parts: Parts) -> str:
    """A path as it goes over the wire, which carries UTF-8 alone."""
    return "/".join(parts).encode("utf-8", "backslashreplace").decode()


def _unreadable(root: Path, parts: Parts, error: OSError) -> SubmissionError:
    inside = f": {shown('/'.join(parts))}" if parts else ""
    return SubmissionError(f"{shown(str(root))}{inside} can't be read ({error.strerror}); see to its permissions")
