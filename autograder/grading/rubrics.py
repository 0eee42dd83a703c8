"""Loading a marking scheme by the name that the command line gives."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import importlib
import importlib.util
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from ..errors import RubricError
from ..rubric import Rubric

__all__ = ["DEFAULT", "LoadedRubric", "load", "outermost"]

DEFAULT = "solutions.rubric"


@dataclass(frozen=True)
class LoadedRubric:
    """A rubric, the name it was loaded under, a digest of the code that it is made of, and its module's folder."""

    spec: str
    rubric: Rubric
    sha256: str
    folder: Path = Path()


def load(spec: str) -> LoadedRubric:
    """Load a rubric from a module's name (``solutions.rubric``) or a file (``mine/rubric.py``).

    The module has a :class:`~autograder.rubric.Rubric` named ``rubric``.  The digest covers every
    ``.py`` file of the package (or, for a file in no package, of its folder): a change of the
    reference is a change of the marking scheme.  It is taken once, since what is imported stays as it is.

    The current folder is *not* searched for modules: a class's downloads may hold anything.

    Raises:
        RubricError: if it can't be imported, or has no rubric.
    """
    path = Path(spec)
    if spec.endswith(".py"):
        if not path.is_file():
            raise RubricError(f"{spec}: there is no such file; give a rubric's file or a module's name with --rubric")
        name = _importable(path.resolve())
    elif spec and path.is_dir() and not _is_there(spec):
        likely = [*path.glob("rubric.py"), *path.glob("*/rubric.py"), path / "rubric.py"][0]
        raise RubricError(f"{spec}: a folder; name the rubric's file in it with --rubric, {likely} say")
    elif not all(part.isidentifier() for part in spec.split(".")):
        raise RubricError(
            f"{spec!r} is neither a module's name nor a file that ends in .py; give one of the two with --rubric"
        )
    else:
        name = spec
    _forget_doubtful(name)
    module = _imported(spec, name)
    file = _file(module)
    if spec.endswith(".py") and file.resolve() != path.resolve():
        raise RubricError(
            f"{spec}: {name} is {file} already; give the file, or the package that it is in, another name"
        )
    rubric = getattr(module, "rubric", None)
    if not isinstance(rubric, Rubric):
        raise RubricError(f"{spec}: it has no Rubric named 'rubric'")
    return LoadedRubric(spec, rubric, _digest(module), file.parent)


def _is_there(name: str) -> bool:
    """Whether a folder's name is a package's as well."""
    found = importlib.util.find_spec(name) if name.isidentifier() else None
    return found is not None and found.origin is not None


def _forget_doubtful(name: str) -> None:
    """Remove what Python compiled of a rubric's package in the very second in which its source was written.

    Python takes a compiled module for its source's by the second of the change and the length.  Another
    change within that second, ``0.5`` to ``0.9`` say, would be in the digest and not in the marks.
    """
    try:
        found = importlib.util.find_spec(name.partition(".")[0])
    except ValueError:  # __main__, which is no rubric either
        return
    if found is None or not found.has_location or found.origin is None:
        return
    for source in Path(found.origin).parent.rglob("*.py"):
        compiled = Path(importlib.util.cache_from_source(str(source)))
        # There may be none yet; or it is in a folder that one only reads, and so doesn't change.
        with contextlib.suppress(OSError):
            if int(compiled.stat().st_mtime) <= int(source.stat().st_mtime) and not compiled.parent.is_symlink():
                compiled.unlink()


def _imported(spec: str, name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except RubricError as error:
        raise RubricError(f"{spec}: {error}{_where(error)}; correct it there") from None
    except ModuleNotFoundError as error:
        missing = error.name or ""
        if not f"{name}.".startswith(f"{missing}."):
            raise RubricError(
                f"{spec}: no module named {missing!r}{_where(error)}; install it, or correct the import"
            ) from None
        raise RubricError(
            f"{spec}: no module named {missing!r}; install the solutions (pip install ./solutions) "
            "or name the rubric's file with --rubric"
        ) from None
    except SystemExit as error:
        raise RubricError(f"{spec}: importing it ends Python{_where(error)}; take sys.exit out of it") from None
    except Exception as error:
        raise RubricError(
            f"{spec}: importing it failed with {type(error).__name__}: {error}{_where(error)}; correct it there"
        ) from error


def _where(error: BaseException) -> str:
    """In brackets the file, and the line of it, whose import raised; a function that it called is not looked into."""
    if isinstance(error, SyntaxError):  # it says so itself
        return ""
    steps = [(frame.f_code, line) for frame, line in traceback.walk_tb(error.__traceback__)]
    lines = [f" ({code.co_filename}, line {line})" for code, line in steps if code.co_name == "<module>"]
    return lines[-1] if lines else ""


def outermost(folder: Path) -> Path:
    """The outermost package that a folder belongs to; the folder itself where it is no package."""
    while (folder / "__init__.py").is_file() and (folder.parent / "__init__.py").is_file():
        folder = folder.parent
    return folder


def _importable(file: Path) -> str:
    """Put the folder above the outermost package on the path; return the module's dotted name."""
    root = outermost(file.parent)
    above = root.parent if (root / "__init__.py").is_file() else root
    if str(above) not in sys.path:
        sys.path.insert(0, str(above))
    return ".".join(file.relative_to(above).with_suffix("").parts)


def _file(module: ModuleType) -> Path:
    return Path(getattr(module, "__file__", None) or "")


@functools.lru_cache(maxsize=16)
def _digest(module: ModuleType) -> str:
    root = outermost(_file(module).parent)
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*.py")):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
