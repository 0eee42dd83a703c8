"""What grading leaves on disk: one JSON file a submission, each written whole or not at all."""

from __future__ import annotations

import contextlib
import functools
import os
import tempfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from ..errors import UsageError
from ..results import Allowed, Result, Verdict, dump, load
from ..text import plain

__all__ = ["Stamp", "Store", "make_folder", "stamp", "write_whole"]


@dataclass(frozen=True)
class Stamp:
    """What a result depends on; where one of these has changed, the submission is graded again."""

    source_sha256: str
    rubric_sha256: str
    seed: str
    locks: tuple[str, ...]
    allowed: Allowed | None
    grader: str


class _OfExercise(msgspec.Struct):
    rubric: str


class _KeptCheck(msgspec.Struct):
    verdict: Verdict


class _KeptTask(msgspec.Struct):
    name: str
    score: float
    checks: tuple[_KeptCheck, ...]


class _Kept(msgspec.Struct):
    """As much of a result as its marks need."""

    submission: str
    tasks: tuple[_KeptTask, ...]


class Store:
    """The results' folder.

    Raises:
        UsageError: if the folder can't be made or written to.
    """

    def __init__(self, out: Path) -> None:
        self.out = out
        self.results = out / "results"
        try:
            self.results.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.results):
                pass
        except OSError as error:
            raise UsageError(
                f"{out}: results can't be written there ({error.strerror}); name another folder with --out"
            ) from None

    @functools.cached_property
    def attempts(self) -> Store:
        """Where single attempts are kept, of which the best is a result that counts.

        Raises:
            UsageError: if it can't be made.
        """
        return Store(self.out / "attempts")

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other runs out: two would write the same files, each over the other's.

        Raises:
            UsageError: another one is at work there.
        """
        import fcntl  # only here: a student's check has this module on Windows, too

        folder = os.open(self.results, os.O_RDONLY)
        try:
            try:
                fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise UsageError(
                    f"{self.out}: another run is writing there; wait for it, or name another folder with --out"
                ) from None
            yield
        finally:
            os.close(folder)

    def others(self, identifiers: Collection[str]) -> Iterator[str]:
        """Whose results are there beside these, by name."""
        return (path.stem for path in sorted(self.results.glob("*.json")) if path.stem not in identifiers)

    def exercise(self) -> str:
        """The name of the exercise that the results are of; empty where there are none that can be read."""
        for path in self.results.glob("*.json"):
            with contextlib.suppress(OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
                return msgspec.json.decode(path.read_bytes(), type=_OfExercise).rubric
        return ""

    def path(self, identifier: str) -> Path:
        """Where a submission's result is, or will be."""
        return self.results / f"{identifier}.json"

    def read(self, identifier: str) -> Result | None:
        """A submission's result, if there is one that can be read.

        Raises:
            UsageError: the file is there and is no result of ours.
        """
        path = self.path(identifier)
        try:
            result = load(path.read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise UsageError(f"{path}: not a result that can be read ({error}); it is made anew") from None
        if result.submission != identifier:
            raise UsageError(f"{path}: holds the result of {plain(result.submission, 80)}; it is made anew")
        return result

    def task_marks(self, identifier: str) -> dict[str, float]:
        """A submission's marks by task; none where there is no result, or none that can be used."""
        try:
            kept = msgspec.json.decode(self.path(identifier).read_bytes(), type=_Kept)
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return {}
        if kept.submission != identifier:
            return {}
        faulty = any(check.verdict is Verdict.GRADER_FAULT for task in kept.tasks for check in task.checks)
        return {} if faulty else {task.name: task.score for task in kept.tasks}

    def write(self, result: Result) -> None:
        """Keep a result.

        Raises:
            UsageError: it can't be written.
        """
        try:
            write_whole(self.path(result.submission), dump(result))
        except UsageError as error:
            raise UsageError(f"{error}; what was graded so far is kept") from None


def stamp(result: Result) -> Stamp:
    """What a result was made from."""
    return Stamp(result.source_sha256, result.rubric_sha256, result.seed, result.sandbox, result.allowed, result.grader)


def make_folder(path: Path) -> Path:
    """Make a folder, and those above it, where they aren't there yet.

    Raises:
        UsageError: if it can't be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{path}: can't be made ({error.strerror}); choose another folder") from None
    return path


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that, whatever happens, there is the old one or the new one, and no half.

    Raises:
        UsageError: on a full disk, say; what was there before is still there.
    """
    # Always the same name: what a killed run left behind is overwritten, not piled up. No fsync: a
    # machine that loses power may lose the last results, which are then graded again.
    partial = path.parent / f".{path.name}.partial"
    try:
        partial.write_bytes(data)
        partial.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):  # where it can't even be named
            partial.unlink(missing_ok=True)
        raise UsageError(
            f"{path}: can't be written ({error.strerror}); see to its folder and disk, and run the same command again"
        ) from None
