"""Known wrong variants of the exercise's functions: what students make of them by mistake.

Each is runnable, has a short name, and a sentence that explains it without giving the solution away.
A gradient that is right for one of these keeps its marks: the mistake costs only where it was made.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

__all__ = ["Misconception"]


@dataclass(frozen=True)
class Misconception:
    """A wrong variant of one function.

    Attributes:
        name: short, unique, hyphenated.
        sentence: to the student.
        function: the variant; it has the reference's signature.
    """

    name: str
    sentence: str
    function: Callable[..., Any]
