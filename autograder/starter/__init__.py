"""A new exercise to begin with: files with blanks, and what fills them.

``files/`` is the exercise as :func:`files` makes it, with ``${name}`` (the package's name) and
``${title}`` (its name in words) as blanks in texts and in the folder that is called ``exercise``.
Its files end in ``.in``, so that nothing takes them for code of the framework.
"""

from __future__ import annotations

import importlib.util
import keyword
import re
import string
import sys
from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable

from ..errors import UsageError

__all__ = ["files"]

NAME = re.compile(r"[a-z][a-z0-9_]{0,49}")

TAKEN = {"autograder", "numpy", "solutions", "submissions", "tests"}
"""Names under which the exercise's package would hide another."""


def files(name: str) -> dict[str, bytes]:
    """A new exercise's files by relative path.

    Args:
        name: the name of the exercise's package.

    Raises:
        UsageError: it can't be a package's name.
    """
    if not NAME.fullmatch(name) or keyword.iskeyword(name) or name in TAKEN:
        raise UsageError(
            f"{name!r} can't be an exercise's name; choose lower-case letters, digits and underscores "
            f"(no keyword, and none of {', '.join(sorted(TAKEN))})"
        )
    if _hides_another(name):
        raise UsageError(
            f"{name!r} can't be an exercise's name: Python has a module of that name, and one would hide the other; "
            f"choose another, {name}_exercise say"
        )
    blanks = {"name": name, "title": name.replace("_", " ").capitalize()}
    return {
        path.replace("exercise/", f"{name}/", 1): string.Template(text).substitute(blanks).encode()
        for path, text in _texts(resources.files(__name__) / "files")
    }


def _hides_another(name: str) -> bool:
    """Whether an import of that name finds something already; a folder without ``__init__.py`` is nothing yet."""
    found = importlib.util.find_spec(name)
    return name in sys.stdlib_module_names or (found is not None and found.origin is not None)


def _texts(folder: Traversable, path: str = "") -> Iterator[tuple[str, str]]:
    for each in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if each.is_dir():
            yield from _texts(each, f"{path}{each.name}/")
        elif each.name.endswith(".in"):
            yield f"{path}{each.name.removesuffix('.in')}", each.read_text(encoding="utf-8")
