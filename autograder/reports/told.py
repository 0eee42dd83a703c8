"""What students of another system read: marks, lateness and messages in words.

Only what a student may see: titles, messages and hints.  A check's ``details`` stay here.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..results import CheckResult, Result
from ..text import plain
from .checked import WORDS, is_right
from .summary import marks

__all__ = ["MESSAGE", "check_text", "late_text", "lines", "marks_text"]

MESSAGE = 1000
"""Characters of a message or a hint."""


def check_text(check: CheckResult) -> str:
    """A check's verdict, message and hint: a line each, of which the latter two may be missing."""
    said = [WORDS[check.verdict], plain(check.message, MESSAGE), plain(check.hint, MESSAGE)]
    return "\n".join(line for line in said if line)


def marks_text(result: Result) -> str:
    """The marks in words: for the work, and what is left where it was late."""
    work = f"{marks(result.score)} of {marks(result.max_score)} marks"
    return work if result.late is None else f"{work} for the work; {late_text(result)}"


def late_text(result: Result) -> str:
    """What handing in late cost, in words; nothing where it wasn't late."""
    if result.late is None:
        return ""
    if not result.late.penalty:
        return f"{plain(result.late.note)}, which costs nothing"
    return f"{plain(result.late.note)}: −{marks(result.late.penalty)}, which leaves {marks(result.late.score)}"


def lines(result: Result, *, hidden: bool) -> Iterator[str]:
    """The marks, then for each task that lost some its marks and what its checks say.

    Args:
        result: of a submission.
        hidden: whether hidden checks are named; their marks count in any case.
    """
    yield marks_text(result)
    for task in result.tasks:
        if task.score >= task.max_score:
            continue
        yield f"{plain(task.name)}: {marks(task.score)} of {marks(task.max_score)}"
        for check in task.checks:
            if not is_right(check) and (hidden or check.visibility == "visible"):
                yield f"– {plain(check.title)} {'; '.join(check_text(check).splitlines())}"
