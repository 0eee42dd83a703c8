"""What a worker may read: the standard library and numpy, and nothing else.  It writes nothing.

Landlock refuses every use of a file that no rule allows.  It doesn't cover what needs no open file:
``stat``, by which a worker can learn that a path exists, how large it is and when it was changed.
The shared libraries that Python has already mapped need no rule, because they aren't opened again.
"""

from __future__ import annotations

import os
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import py_landlock
from py_landlock import abi

__all__ = ["UnavailableError", "readable", "restrict", "ruleset"]

UnavailableError = py_landlock.LandlockError

INSTALLED = frozenset({"site-packages", "dist-packages"})
"""Folders of the standard library's that hold other people's packages, the graders' among them."""

READ_FILE = py_landlock.AccessFs.READ_FILE
READ_FOLDER = py_landlock.AccessFs.READ_FILE | py_landlock.AccessFs.READ_DIR


def readable() -> Iterator[Path]:
    """The files and folders that numpy and the standard library are read from.

    The standard library goes entry by entry, because installed packages may lie inside of it.
    """
    for entry in sorted(Path(sysconfig.get_path("stdlib")).iterdir()):
        if entry.name not in INSTALLED and entry.exists():
            yield entry
    numpy = Path(np.__file__).resolve().parent
    yield numpy
    libraries = numpy.with_name("numpy.libs")
    if libraries.exists():
        yield libraries


def ruleset() -> int:
    """A descriptor of the rules, with every right that the kernel knows withheld but for reading these.

    Raises:
        UnavailableError: if the kernel has no Landlock, or it is turned off.
    """
    version = py_landlock.get_abi_version()
    rules = py_landlock.create_ruleset(
        py_landlock.RulesetAttr(
            handled_access_fs=abi.get_supported_fs(version),
            handled_access_net=abi.get_supported_net(version),
            scoped=abi.get_supported_scope(version),
        )
    )
    for path in readable():
        _allow(rules, path)
    return rules


def _allow(rules: py_landlock.RulesetFd, path: Path) -> None:
    access = READ_FOLDER if path.is_dir() else READ_FILE
    opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        py_landlock.add_rule(rules, py_landlock.PathBeneathAttr(allowed_access=access, parent_fd=opened))
    finally:
        os.close(opened)


def restrict(rules: int) -> None:
    """Put this process under the rules, for good."""
    py_landlock.restrict_self(py_landlock.RulesetFd(rules), None)
