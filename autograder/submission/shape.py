"""Whether what would be one submission looks like a class's: told from names alone, with nothing opened."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from .names import shown

__all__ = ["DEPTH", "Shape", "is_nobody", "shape"]

DEPTH = 4
"""How far down names are looked at: ``wrapper/ada/package/module.py``."""

LISTED = 3

WORDS = """
    attempt back backup bak build copy data dataset demo dist docs draft ex example examples exercise exercises
    final homework hw lab lib my new notebook notebooks of old orig original part parts problem project question
    sol solution solutions src task test tests tmp utils version versions week
    abgabe aufgabe kopie loesung lösung übung uebung
"""
"""Words of which students make the names of their own folders; one made of nothing else is no person."""

NOBODY = frozenset(WORDS.split())

Parts = tuple[str, ...]


@dataclass(frozen=True)
class Shape:
    """What the names look like.

    Attributes:
        students: the folders or files that look like a student's each; none if this looks like one submission.
        sure: each of them holds work as a submission does, and they are folders all or zips all.
        own: there is work beside them, too.
        wrapper: the one folder that everything is in, with its ``/``, or nothing.
    """

    students: tuple[str, ...] = ()
    sure: bool = False
    own: bool = False
    wrapper: str = ""

    def __str__(self) -> str:
        """``a class (ada, ben, chen and 9 more)``."""
        more = f" and {len(self.students) - LISTED} more" if len(self.students) > LISTED else ""
        return f"a class ({', '.join(map(shown, self.students[:LISTED]))}{more})"


def shape(paths: Iterable[Parts], package: str, modules: Collection[str]) -> Shape:
    """Look at the paths of the modules, notebooks and zips in a folder or a zip.

    Args:
        paths: relative, in parts.
        package: the name of the package that students write, in lower case.
        modules: the names of the modules that the exercise expects in it, in lower case.
    """
    paths = list(paths)
    tops = {parts[0] for parts in paths}
    wrapper = ""
    if len(tops) == 1 and all(len(parts) > 1 for parts in paths) and package not in map(str.lower, tops):
        wrapper = f"{tops.pop()}/"
        paths = [parts[1:] for parts in paths]

    def holding(suffixes: Collection[str]) -> set[str]:
        return {parts[0] for parts in paths if len(parts) > 1 and _is_work(parts[1:], package, modules, suffixes)}

    def people(names: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(name for name in names if not is_nobody(name, package)))

    own = any(_is_work(parts, package, modules, (".ipynb",)) for parts in paths)
    # Beside a package of one's own, a notebook or a zip in a folder is part of the same work.
    folders = people(holding(() if own else (".ipynb", ".zip")))
    zips = people(parts[0] for parts in paths if len(parts) == 1 and _suffix(parts[0]) == ".zip")
    notebooks = people(parts[0] for parts in paths if len(parts) == 1 and _suffix(parts[0]) == ".ipynb")
    if len(folders) > 1:
        return Shape(folders, True, own, wrapper)
    if own:
        files = tuple(sorted((*zips, *notebooks)))
        return Shape(files, False, own, wrapper) if len(files) > 1 else Shape(own=own)
    if len(zips) > 1 and not folders:
        return Shape(zips, True, own, wrapper)
    deep = people({parts[0] for parts in paths if len(parts) > 1 and _is_module(parts, package, modules)} | {*zips})
    return Shape(deep, False, own, wrapper) if len(deep) > 1 else Shape()


def is_nobody(name: str, package: str) -> bool:
    """Whether a folder's or a file's name is one that students give to their own: ``backup``, ``v2``, the package's."""
    plain = re.sub(r"\.(zip|ipynb)$", "", name.lower())
    words = [word for word in re.split(r"[\W\d_]+", plain) if word]
    if not words and re.search(r"\d{5}", plain):
        return False  # a student's number
    return all(len(word) < 2 or word in NOBODY or word == package for word in words)


def _is_work(parts: Parts, package: str, modules: Collection[str], suffixes: Collection[str]) -> bool:
    """Whether a path is work at a submission's own level: in the package, a loose module, or one of the suffixes."""
    if len(parts) == 1:
        return _stem(parts[0]) in modules or _suffix(parts[0]) in suffixes
    return len(parts) == 2 and parts[0].lower() == package and _suffix(parts[1]) == ".py"


def _is_module(parts: Parts, package: str, modules: Collection[str]) -> bool:
    return _stem(parts[-1]) in modules or (parts[-2].lower() == package and _suffix(parts[-1]) == ".py")


def _stem(name: str) -> str:
    """The name of a module; nothing for other files."""
    return name.lower().removesuffix(".py") if _suffix(name) == ".py" else ""


def _suffix(name: str) -> str:
    return f".{name.lower().rpartition('.')[2]}"
