"""Known wrong variants of an exercise's functions: what students make of them by mistake.

A misconception is the reference with something changed in one of its modules.  It is written as code, so that
it can be run in two ways: called on this side, where diagnosis holds a student's numbers against its own
(:func:`overlaid`), and handed in as a submission (:func:`submission`), where it has to lose exactly the checks
that it names.

Most are edits of the reference: a short piece of a function's text and what stands there by mistake.  The edit
*is* the mistake, nothing else of the function differs, and two edits in different places make a third variant::

    wrong = Variants(reference.lines)
    wrong(
        "intercept-forgotten",
        "Your line lacks something that does not depend on x.",
        {"line": ("a * x + b", "a * x")},
        fails="line: values purity",
    )
"""

from __future__ import annotations

import ast
import inspect
import sys
import textwrap
import types
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .errors import RubricError
from .submission.reading import digest
from .submission.source import Layout, StudentSource

__all__ = ["Edit", "Misconception", "Overlays", "Variants", "both", "overlaid", "submission"]

Functions = Mapping[str, Callable[..., Any]]


@dataclass(frozen=True)
class Edit:
    """A piece of a reference function's text, and what stands there in the variant."""

    function: str
    old: str
    new: str


@dataclass(frozen=True)
class Misconception:
    """A known wrong variant.

    Attributes:
        name: short, unique, hyphenated ("unbiased-variance").
        sentence: to the student; it explains the mistake without giving the solution away.
        functions: the exercise's functions that it replaces, the one that the mistake is in first; all of
            one module.
        source: Python text: the functions, and what they need, to be appended to the reference's module.
        fails: the checks that a submission with this mistake and no other must lose, exactly these:
            ``"task/check"``.
        perhaps: checks that it loses with some seeds and not with others: what it does is as small as a tolerance, or
            shows in some cases only.
        edits: where the source was made by editing the reference's functions, how.
        carries: whether a gradient that is right for the wrong function keeps its marks: it is, where it is as
            much work as the one that is asked for, so that the mistake costs only where it was made.  The
            gradient that is asked for keeps its marks beside such a function, too.
    """

    name: str
    sentence: str
    functions: tuple[str, ...]
    source: str
    fails: tuple[str, ...]
    edits: tuple[Edit, ...] = ()
    carries: bool = False
    perhaps: tuple[str, ...] = ()
    _texts: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)

    @property
    def function(self) -> str:
        """The function that the mistake is in."""
        return self.functions[0]


class Variants:
    """Makes the misconceptions of one reference module.

    Args:
        module: the reference module.
    """

    def __init__(self, module: types.ModuleType) -> None:
        self._texts = _texts(inspect.getsource(module))
        self._where = module.__name__

    def __call__(
        self,
        name: str,
        sentence: str,
        edits: Mapping[str, tuple[str, ...]] | None = None,
        *,
        code: str = "",
        functions: Sequence[str] = (),
        fails: str = "",
        carries: bool = False,
    ) -> Misconception:
        """A misconception, by edits of the reference's functions or by code of its own.

        Args:
            name: the misconception's.
            sentence: to the student.
            edits: for each function ``(old, new, old, new, …)``; each ``old`` occurs once in the function.
            code: definitions that take the place of the reference's; after the edited ones.
            functions: the exercise's functions that change, where these are not the edited ones (because a
                helper of theirs is edited, or because there is ``code``).
            fails: the checks, in the form ``"task: check check; task: check"``; with a ``?`` behind it, one that is
                lost with some seeds only.
            carries: as :attr:`Misconception.carries`.

        Raises:
            RubricError: if an edit's text is not there, or is there more than once, or lacks what stands for it.
        """
        for function, pieces in (edits or {}).items():
            if len(pieces) % 2:
                raise RubricError(f"misconception {name}: the edits of {function} are no pairs of old and new text")
        changes = tuple(
            Edit(function, *pair)
            for function, pieces in (edits or {}).items()
            for pair in zip(pieces[::2], pieces[1::2], strict=True)
        )
        for edit in changes:
            if edit.function not in self._texts:
                raise RubricError(f"misconception {name}: {self._where} has no function {edit.function!r}")
        try:
            source = _edited(self._texts, changes)
        except _MismatchError as mismatch:
            raise RubricError(f"misconception {name}: {mismatch}") from None
        source = "\n\n\n".join(part for part in (source, textwrap.dedent(code).strip()) if part) + "\n"
        lost = _checks(name, fails)
        changed = tuple(functions) or tuple(dict.fromkeys(edit.function for edit in changes))
        return Misconception(
            name,
            sentence,
            changed,
            source,
            tuple(check for check in lost if not check.endswith("?")),
            () if code else changes,
            carries,
            tuple(check.removesuffix("?") for check in lost if check.endswith("?")),
            {} if code else self._texts,
        )


def both(first: Misconception, second: Misconception) -> Misconception | None:
    """The variant with both mistakes, where both are edits and touch different text; ``None`` elsewhere."""
    if not (first.edits and second.edits) or first._texts != second._texts:
        return None
    edits = tuple(dict.fromkeys((*first.edits, *second.edits)))
    try:
        source = _edited(first._texts, edits) + "\n"
    except _MismatchError:
        return None
    functions = tuple(dict.fromkeys((*first.functions, *second.functions)))
    fails = tuple(dict.fromkeys((*first.fails, *second.fails)))
    return Misconception(f"{first.name}+{second.name}", "", functions, source, fails, edits, _texts=first._texts)


def overlaid(reference: Functions, misconceptions: Iterable[Misconception]) -> dict[str, Callable[..., Any]]:
    """The reference's functions with misconceptions in them, also where its other functions call the changed ones.

    The reference itself is not touched: every function of its package is made anew, with globals of its own.
    """
    packages = {_package(function) for function in reference.values()}
    modules = {
        name: module
        for name, module in list(sys.modules.items())
        if module is not None and (name in packages or name.rpartition(".")[0] in packages)
    }
    spaces = {name: dict(vars(module)) for name, module in modules.items()}
    originals = {name: dict(space) for name, space in spaces.items()}
    made: dict[int, Callable[..., Any]] = {}
    for space in spaces.values():
        for name, thing in space.items():
            if isinstance(thing, types.FunctionType) and thing.__module__ in spaces:
                if id(thing) not in made:
                    made[id(thing)] = _rebound(thing, spaces[thing.__module__])
                space[name] = made[id(thing)]
    for misconception in misconceptions:
        home = reference[misconception.function].__module__
        exec(compile(misconception.source, f"<{misconception.name}>", "exec"), spaces[home])
        for name, thing in originals[home].items():
            changed = spaces[home][name]
            if isinstance(thing, types.FunctionType) and changed is not made.get(id(thing)):
                for other, names in originals.items():
                    if other != home:
                        spaces[other].update({its: changed for its, value in names.items() if value is thing})
                made[id(thing)] = changed
    return {name: made.get(id(function), function) for name, function in reference.items()}


class Overlays:
    """A reference's functions with misconceptions in them, each made once, when it is first asked for."""

    def __init__(self, reference: Functions) -> None:
        self._reference = reference
        self._made: dict[tuple[str, ...], Functions] = {}

    @property
    def reference(self) -> Functions:
        """The functions without any."""
        return self._reference

    def functions(self, *misconceptions: Misconception) -> Functions:
        """As :func:`overlaid` makes them."""
        names = tuple(each.name for each in misconceptions)
        if names not in self._made:
            self._made[names] = overlaid(self._reference, misconceptions)
        return self._made[names]


def submission(
    reference: Functions, layout: Layout, misconceptions: Iterable[Misconception] = (), name: str = "student"
) -> StudentSource:
    """A submission: the reference's modules, with misconceptions appended to theirs.

    Args:
        reference: the reference's functions by name.
        layout: which function is expected in which module.
        misconceptions: none for the reference itself.
        name: the submission's.
    """
    folders = {Path(inspect.getfile(inspect.unwrap(reference[function]))).parent for function in layout.functions}
    files = {
        f"{layout.package}/{path.name}": path.read_bytes()
        for folder in sorted(folders)
        for path in sorted(folder.glob("*.py"))
        if path.name != "__init__.py"
    }
    for misconception in misconceptions:
        files[f"{layout.package}/{layout.functions[misconception.function]}.py"] += (
            b"\n\n" + misconception.source.encode()
        )
    return StudentSource(name, name, "folder", files, digest("folder", files))


class _MismatchError(Exception):
    """An edit's text does not occur exactly once."""


def _edited(texts: Mapping[str, str], edits: Sequence[Edit]) -> str:
    changed: dict[str, str] = {}
    for edit in edits:
        text = changed.get(edit.function, texts[edit.function])
        if text.count(edit.old) != 1 or texts[edit.function].count(edit.old) != 1:
            raise _MismatchError(f"{edit.function} has {text.count(edit.old)} times the text {edit.old!r}, not once")
        changed[edit.function] = text.replace(edit.old, edit.new)
    return "\n\n\n".join(changed.values())


def _texts(source: str) -> dict[str, str]:
    """The functions of a module by name, without docstrings, comments on their own lines and marks."""
    lines = source.splitlines()
    texts = {}
    for node in ast.parse(source).body:
        if not isinstance(node, ast.FunctionDef):
            continue
        skip: set[int] = set()
        if ast.get_docstring(node) is not None and len(node.body) > 1:
            skip.update(range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1))
        numbered = enumerate(lines[node.lineno - 1 : node.end_lineno], start=node.lineno)
        texts[node.name] = "\n".join(
            line.rstrip() for number, line in numbered if number not in skip and not line.lstrip().startswith("#")
        )
    return texts


def _rebound(function: types.FunctionType, space: dict[str, Any]) -> types.FunctionType:
    new = types.FunctionType(function.__code__, space, function.__name__, function.__defaults__, function.__closure__)
    new.__kwdefaults__ = function.__kwdefaults__
    new.__module__ = function.__module__
    return new


def _package(function: Callable[..., Any]) -> str:
    name: str = inspect.unwrap(function).__module__
    return name.rpartition(".")[0] or name


def _checks(name: str, fails: str) -> tuple[str, ...]:
    checks = []
    for part in filter(None, map(str.strip, fails.split(";"))):
        task, colon, names = part.partition(":")
        if not colon or not names.split():
            raise RubricError(f"misconception {name}: {part!r} is no 'task: check check'")
        checks += [f"{task.strip()}/{check}" for check in names.split()]
    return tuple(checks)
