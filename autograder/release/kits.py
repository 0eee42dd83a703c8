"""What a release consists of: the files of both kits, and how they are held against a folder."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ..errors import RubricError
from ..grading.public import FILE
from ..grading.store import make_folder, write_whole
from .exercise import Exercise
from .notebook import notebook
from .public import public_checks

__all__ = ["NOTEBOOK", "differences", "release", "write"]

NOTEBOOK = "exercise.ipynb"
"""The notebook's name."""

KITS = ("python", "notebook")

RTOL, ATOL = 1e-6, 1e-9
"""Numbers that differ by less differ by rounding alone, which is another processor's or numpy's own affair.
(The least exact ones are numerical derivatives, good to 1e-9 of the largest.)"""


def release(exercise: Exercise) -> dict[str, bytes]:
    """All files of a release by relative path, in order.  The same exercise gives the same bytes.

    Raises:
        RubricError: a mistake in the exercise's folder.
        UsageError: nbformat is missing.
    """
    checks = public_checks(exercise.rubric).encode()
    files = {f"python/{path}": data for path, data in _python(exercise).items()}
    files[f"python/{FILE}"] = checks
    if exercise.story is not None:
        files |= {f"notebook/{path}": data for path, data in exercise.given("notebook").items()}
        files[f"notebook/{NOTEBOOK}"] = notebook(exercise).encode()
        files[f"notebook/{FILE}"] = checks
    return dict(sorted(files.items()))


def _python(exercise: Exercise) -> dict[str, bytes]:
    package = exercise.rubric.package
    stubs = {f"{package}/{name}.py": module.stub.encode() for name, module in exercise.modules.items()}
    given = exercise.given("python")
    for path in stubs.keys() & given.keys():
        raise RubricError(f"{exercise.folder}: {path} is given, and a module of the reference as well")
    return {**stubs, **given}


def write(files: Mapping[str, bytes], folder: Path) -> None:
    """Write a release's files; other files are left alone.

    Raises:
        UsageError: one can't be written.
    """
    for path, data in files.items():
        target = folder / path
        make_folder(target.parent)
        write_whole(target, data)


def differences(files: Mapping[str, bytes], folder: Path) -> Iterator[str]:
    """In what a folder is not the release, a line each; numbers in its checks may differ by rounding."""
    for path, data in files.items():
        try:
            found = (folder / path).read_bytes()
        except OSError:
            yield f"{path}: missing"
            continue
        if found != data and not (path.endswith(FILE) and _same_but_for_rounding(found, data)):
            yield f"{path}: not what the release makes"
    for path in _present(folder):
        if path not in files:
            yield f"{path}: no part of the release"


def _present(folder: Path) -> Iterator[str]:
    for kit in KITS:
        for path in sorted((folder / kit).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path.relative_to(folder).as_posix()


def _same_but_for_rounding(found: bytes, data: bytes) -> bool:
    try:
        return _close(json.loads(found), json.loads(data))
    except ValueError:
        return False


def _close(a: Any, b: Any) -> bool:
    if isinstance(a, float) and isinstance(b, float):
        return math.isclose(a, b, rel_tol=RTOL, abs_tol=ATOL)
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(_close, a, b))
    if isinstance(a, dict) and isinstance(b, dict):
        return list(a) == list(b) and all(map(_close, a.values(), b.values()))
    return type(a) is type(b) and bool(a == b)
