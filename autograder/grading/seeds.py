"""Where the hidden cases come from.

A submission's seed is an HMAC of the course's key over the exercise's name and the submission's:
without the key nobody can tell which cases a submission will meet, and with it a grading can be
repeated byte for byte.  Visible checks use the exercise's name alone, so that every student and
every release has the same ones.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from pathlib import Path

import numpy as np

from ..errors import UsageError

__all__ = ["course_key", "generator", "public_seed", "submission_seed"]


def submission_seed(key: str, exercise: str, submission: str) -> str:
    """The seed of one submission's hidden cases, as 32 hexadecimal digits."""
    text = "\0".join((exercise, submission)).encode("utf-8", "surrogateescape")
    return hmac.new(key.encode(), text, hashlib.sha256).hexdigest()[:32]


def public_seed(exercise: str) -> str:
    """The seed of the visible cases: the same for everybody."""
    return hashlib.sha256(f"visible\0{exercise}".encode()).hexdigest()[:32]


def generator(seed: str, task: str, check: str) -> np.random.Generator:
    """The generator that one check draws its cases from.

    It depends on the check's name, so that adding a check changes no other check's cases.
    """
    digest = hashlib.sha256("\0".join((seed, task, check)).encode()).digest()
    return np.random.default_rng(np.frombuffer(digest, dtype=np.uint32))


def course_key(given: str | None, out: Path) -> str:
    """The key to use: the one given, or the one kept in the results' folder (made on first use).

    Keeping it there makes a second run with the same ``--out`` grade with the same hidden cases.

    Raises:
        UsageError: the one that is kept can't be read, or either is empty: anybody could then tell the cases.
    """
    if given is not None:
        if not given:
            raise UsageError("the course's key is empty; give one with --seed, or leave --seed away")
        return given
    path = out / "seed"
    try:
        if not path.exists():
            partial = path.with_name(".seed.partial")
            partial.touch(mode=0o600)
            partial.write_text(secrets.token_hex(16) + "\n", encoding="ascii")
            partial.replace(path)  # whole or not at all: a run that is killed here leaves no empty key
        key = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: the course's key can't be read or written ({error}); give it with --seed") from None
    if not key:
        raise UsageError(f"{path}: there is no key in it; remove it, or give the course's key with --seed")
    return key
