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
    """
    if given is not None:
        return given
    path = out / "seed"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(16) + "\n", encoding="ascii")
    return path.read_text(encoding="ascii").strip()
