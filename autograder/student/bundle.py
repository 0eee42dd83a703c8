"""Failing checks as scripts on the student's disk, each with its arrays beside it."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ..checks import Check, Gradient, LossGradient, Prepared, Purity
from ..errors import AutograderError, UsageError
from ..grading.public import PublicChecks
from ..grading.store import make_folder, write_whole
from ..reports.checked import Checked
from ..results import CheckResult, Verdict
from ..sandbox.interface import Session
from ..sandbox.unlocked import UnlockedSandbox
from ..submission import single
from ..text import plain
from .script import SAME, Script, script

__all__ = ["write_bundle"]

HEAD = """\
# {what}
# Run it, or step through it in a debugger. What goes in and what is due is in {data}.
import sys
from pathlib import Path

import numpy as np

{imports}

data = np.load(Path(__file__).with_suffix(".npz"))
{same}
"""


def write_bundle(folder: Path, path: Path, public: PublicChecks, checked: Checked) -> Mapping[tuple[str, str], str]:
    """Write a script for each check that found something; return them by task and check.

    Args:
        folder: where to; it is made.
        path: the student's folder.
        public: the visible checks.
        checked: what they found.

    Raises:
        UsageError: the work is no folder of modules, or ``folder`` can't be written to.
    """
    place = _package(path, public)
    found = {(task.name, check.name): check for task, check in checked.found}
    if not found:
        return {}
    make_folder(folder)
    names = _parameters(public)
    scripts: dict[tuple[str, str], str] = {}
    with UnlockedSandbox() as sandbox, closing(sandbox.open(single(path).read(), public.layout)) as session:
        for task in public.tasks:
            for check, prepared in task.checks:
                result = found.get((task.name, check.name))
                if result is None:
                    continue
                number = _failing_case(session, check, prepared, result)
                moved = result.verdict is Verdict.FAILED and "part" not in result.details
                written = script(check, prepared.cases[number], prepared.expected[number], names, moved=moved)
                file = folder / f"{_safe(task.name)}_{_safe(check.name)}.py"
                _write(
                    file, f"{task.name}/{check.name}: {check.title}", _imports(check, folder, public, place), written
                )
                scripts[task.name, check.name] = str(file)
    return scripts


@dataclass(frozen=True)
class _Place:
    """The folder that Python has to search for the student's modules, and what stands before their names."""

    root: Path
    prefix: str


def _write(file: Path, what: str, imports: str, written: Script) -> None:
    arrays = io.BytesIO()
    np.savez(arrays, **written.arrays)
    write_whole(file.with_suffix(".npz"), arrays.getvalue())
    same = SAME if any(line.startswith("same(") for line in written.lines) else ""
    head = HEAD.format(what=plain(what), data=file.with_suffix(".npz").name, imports=imports, same=same)
    body = "\n".join([*written.lines, 'print("right")', ""])
    write_whole(file, f"{head}{body}".encode())


def _package(path: Path, public: PublicChecks) -> _Place:
    package = public.layout.package
    modules = {f"{module}.py" for module in public.layout.functions.values()}
    if path.is_dir():
        folders = [path / package, path, *sorted(path.rglob(package), key=lambda folder: len(folder.parts))]
        for folder in folders:
            if folder.is_dir() and any((folder / module).is_file() for module in modules):
                return _Place(folder.parent, f"{package}.") if folder.name == package else _Place(folder, "")
    raise UsageError(f"{path}: --bundle is for modules in a folder; in a notebook, step in with %debug")


def _imports(check: Check, folder: Path, public: PublicChecks, place: _Place) -> str:
    """The lines that let Python find the student's modules, and import the functions."""
    found = f"sys.path.insert(0, str(Path(__file__).resolve().parent / {_relative(place.root, folder)!r}))"
    modules = public.layout.functions
    functions = dict.fromkeys(check.functions)
    return "\n".join([found, *(f"from {place.prefix}{modules[name]} import {name}" for name in functions)])


def _parameters(public: PublicChecks) -> Mapping[str, tuple[str, ...]]:
    """The parameters' names, as far as the checks happen to tell them."""
    names: dict[str, dict[int, str]] = {}
    for task in public.tasks:
        for check, prepared in task.checks:
            for expected in prepared.expected:
                if isinstance(check, Purity):
                    names.setdefault(check.functions[0], {}).update(enumerate(expected["parameters"]))
                elif isinstance(check, (Gradient, LossGradient)):
                    at = {int(path[0]): name for name, path in expected["paths"].items() if len(path) == 1}
                    names.setdefault(check.functions[0], {}).update(at)
    return {name: tuple(at.get(i, "") for i in range(max(at, default=-1) + 1)) for name, at in names.items()}


def _failing_case(session: Session, check: Check, prepared: Prepared, result: CheckResult) -> int:
    """The case in which it shows: the check says so, or each is tried by itself."""
    number: Any = result.details.get("case")
    if number is not None:
        return int(number)
    for i, (case, expected) in enumerate(zip(prepared.cases, prepared.expected, strict=True)):
        try:
            if check.examine(session, Prepared((case,), (expected,))).verdict is not Verdict.PASSED:
                return i
        except AutograderError:
            return i
    return 0


def _relative(root: Path, folder: Path) -> str:
    try:
        return Path(os.path.relpath(root.resolve(), folder.resolve())).as_posix()
    except ValueError:  # another drive
        return str(root.resolve())


def _safe(name: str) -> str:
    return re.sub(r"\W", "_", name, flags=re.ASCII)[:60]
