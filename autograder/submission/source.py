"""A submission's bytes, unopened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

__all__ = ["Kind", "Layout", "StudentSource"]

Kind = Literal["folder", "zip", "notebook"]
"""What was handed in."""


@dataclass(frozen=True)
class StudentSource:
    """What one student handed in, as bytes that nobody has parsed yet.

    Zips and notebooks are taken apart inside a locked worker (``sandbox.inside``), never here.

    Attributes:
        identifier: unique in the run, bounded, and safe as a file name on any system.
        name: the submission's own name, as data: only for people's eyes and for the seed.
        kind: what ``files`` holds.
        files: raw bytes by relative path; a single entry for ``zip`` and ``notebook``.
        sha256: over the kind, the paths and the bytes.
        warnings: what was passed over while reading (links, oversized files), in plain sentences.
    """

    identifier: str
    name: str
    kind: Kind
    files: Mapping[str, bytes]
    sha256: str
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Layout:
    """Where the rubric expects the functions: ``functions`` maps a function's name to its module.

    ``given`` are the modules that come with the exercise and that nothing to be marked needs.
    """

    package: str
    functions: Mapping[str, str] = field(default_factory=dict)
    given: tuple[str, ...] = ()
