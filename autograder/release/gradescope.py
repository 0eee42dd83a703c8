"""The zip that Gradescope's autograder is made from.

Gradescope unpacks it into ``/autograder/source``, runs ``setup.sh`` once, and ``run_autograder`` for
each submission.  In it are the framework and the marking scheme as they are here, the libraries'
pinned versions, and the settings, with the course's key among them: the zip is for instructors only.
"""

from __future__ import annotations

import importlib.metadata
import io
import re
import secrets
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

import msgspec

from ..errors import UsageError
from ..grading.rubrics import LoadedRubric, outermost
from ..sandbox.inside.control import LOCKS
from .gradescope_run import SETTINGS, Settings

__all__ = ["earlier_key", "upload", "write"]

DISTRIBUTION = "numerical-autograder"
LEFT_OUT = frozenset(["__pycache__", ".ipynb_checkpoints"])
LEFT_OUT_SUFFIXES = frozenset([".md", ".toml", ".pyc"])
PACKAGES = PurePosixPath("packages")
"""Where the code is, in the zip."""

MAX_ZIP = 64 * 2**20

RUN = """\
#!/usr/bin/env bash
# Grades what is in submission/ and writes results/results.json.  Gradescope runs it for each submission.
set -euo pipefail
root=${GRADESCOPE_ROOT:-/autograder}
python=${AUTOGRADER_PYTHON:-$root/venv/bin/python}
if [ ! -x "$python" ]; then python=/opt/autograder/bin/python; fi # in the framework's own image
if [ ! -x "$python" ]; then
  echo "$0: no Python in $root/venv; run setup.sh first, or set AUTOGRADER_PYTHON to one that has the libraries" >&2
  exit 3
fi
export PYTHONPATH=$root/source/packages PYTHONDONTWRITEBYTECODE=1 OPENBLAS_NUM_THREADS=1
cd "$root"
exec "$python" -P -m autograder.release.gradescope_run "$root"
"""

SETUP = """\
#!/usr/bin/env bash
# Installs the libraries into an environment of their own.  Gradescope runs it once, as root.
set -euo pipefail
root=${GRADESCOPE_ROOT:-/autograder}
suits() { command -v "$1" >/dev/null && "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; }
python=
for candidate in ${AUTOGRADER_PYTHON:-} python3.13 python3.12 python3.11 python3; do
  if suits "$candidate"; then python=$candidate; break; fi
done
if [ -z "$python" ]; then # Ubuntu 22.04 comes with 3.10, and has 3.11 beside it
  apt-get update
  apt-get install --yes --no-install-recommends python3.11 python3.11-venv
  python=python3.11
elif ! "$python" -c 'import ensurepip' 2>/dev/null; then
  apt-get update
  apt-get install --yes --no-install-recommends python3-venv
fi
if grep -q '^[a-z]' "$root/source/requirements.txt"; then
  "$python" -m venv "$root/venv"
  "$root/venv/bin/pip" install --no-cache-dir --only-binary :all: --requirement "$root/source/requirements.txt"
else # all of it is there already
  "$python" -m venv --without-pip --system-site-packages "$root/venv"
fi
# The reference and the key are nobody else's to read, should somebody else be there.
chmod -R go= "$root/source"
"""


def upload(loaded: LoadedRubric, settings: Settings) -> bytes:
    """The zip, the same for the same settings and code.

    Args:
        loaded: the marking scheme.
        settings: how to grade; their ``rubric`` is made what it is called there.

    Raises:
        UsageError: an unknown lock, or a library that isn't installed.
    """
    for lock in settings.without:
        if lock not in LOCKS:
            raise UsageError(f"{lock!r} is no lock; the locks are {', '.join(LOCKS)}")
    spec, files = _scheme(loaded)
    settings = msgspec.structs.replace(settings, rubric=spec)
    framework = Path(__file__).resolve().parents[1]
    files |= {str(PACKAGES / "autograder" / path): data for path, data in _files(framework)}
    files["requirements.txt"] = _requirements(framework.parent / "requirements" / "run.txt").encode()
    files[SETTINGS] = msgspec.json.format(msgspec.json.encode(settings), indent=1) + b"\n"
    return _zipped({"setup.sh": SETUP.encode(), "run_autograder": RUN.encode(), **dict(sorted(files.items()))})


def earlier_key(path: Path) -> str:
    """The key in an upload that was made before, so that the next one has the same hidden cases; else a new one."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(SETTINGS) as file:
            return msgspec.json.decode(file.read(MAX_ZIP), type=Settings).key
    except (OSError, KeyError, zipfile.BadZipFile, msgspec.MsgspecError):
        return secrets.token_hex(16)


def write(path: Path, data: bytes) -> None:
    """Write the zip, for its owner alone to read: the key and the reference are in it.

    Raises:
        UsageError: if it can't be written.
    """
    try:
        path.touch(mode=0o600)
        path.chmod(0o600)
        path.write_bytes(data)
    except OSError as error:
        raise UsageError(f"{path}: can't be written ({error.strerror}); name another file") from None


def _scheme(loaded: LoadedRubric) -> tuple[str, dict[str, bytes]]:
    """How the marking scheme is loaded there, and its files: its outermost package, or its folder's modules."""
    package = outermost(loaded.folder)
    if not (package / "__init__.py").is_file():
        name = Path(loaded.spec).stem if loaded.spec.endswith(".py") else loaded.spec.rpartition(".")[2]
        files = {str(PACKAGES / path): data for path, data in _files(package) if "/" not in path}
        return name, files
    inner = (*loaded.folder.relative_to(package.parent).parts, Path(loaded.spec.replace(".", "/")).name)
    if loaded.spec.endswith(".py"):
        inner = (*inner[:-1], Path(loaded.spec).stem)
    return ".".join(inner), {str(PACKAGES / package.name / path): data for path, data in _files(package)}


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        hidden = any(part.startswith(".") or part in LEFT_OUT for part in relative.parts)
        if path.is_file() and not hidden and path.suffix not in LEFT_OUT_SUFFIXES:
            yield relative.as_posix(), path.read_bytes()


def _requirements(pinned: Path) -> str:
    """The libraries' versions: a checkout's, with their hashes; without one those that are installed here."""
    needed = _needed()
    if not pinned.is_file():
        return "".join(f"{name}=={version}\n" for name, version in sorted(needed.items()) if version)
    blocks = re.split(r"\n(?=\S)", pinned.read_text(encoding="utf-8").strip())
    kept = [block for block in blocks if _normal(block.partition("==")[0]) in needed]
    return "".join(f"{block}\n" for block in kept)


def _needed() -> Mapping[str, str]:
    """What the framework needs to grade, and what that needs: versions by name."""
    needed: dict[str, str] = {}
    waiting = [DISTRIBUTION]
    while waiting:
        name = waiting.pop()
        if name in needed:
            continue
        try:
            found = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:
            if name == DISTRIBUTION:
                raise UsageError(f"{DISTRIBUTION} is not installed; what it needs is not known") from None
            needed[name] = ""  # another system's, or another Python's
            continue
        needed[name] = found.version
        for requirement in found.requires or ():
            text, _, marker = requirement.partition(";")
            if "extra" not in marker:
                waiting.append(_normal(re.split(r"[^A-Za-z0-9._-]", text.strip(), maxsplit=1)[0]))
    del needed[DISTRIBUTION]
    return needed


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name.strip()).lower()


def _zipped(files: Mapping[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, whose modes follow
            entry.external_attr = (0o755 if name in ("setup.sh", "run_autograder") else 0o644) << 16
            archive.writestr(entry, content)
    return data.getvalue()
