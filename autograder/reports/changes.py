"""What a second grading changed, student by student."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..results import total
from ..text import plain
from .summary import marks

__all__ = ["changes"]


def changes(graded: Mapping[str, tuple[Mapping[str, float], Mapping[str, float]]]) -> Iterator[str]:
    """A line for each submission whose marks are not what they were: the tasks, old and new, and the sum.

    Args:
        graded: by submission its marks by task before and now.  One that had none before, or has none now
            because the grader failed, has not changed.
    """
    for submission, (before, now) in sorted(graded.items()):
        if not before or not now or before == now:
            continue
        names = dict.fromkeys([*now, *before])
        tasks = [
            f"{plain(name, 60)} {_shown(before.get(name))} → {_shown(now.get(name))}"
            for name in names
            if before.get(name) != now.get(name)
        ]
        whole = f"total {marks(total(before.values()))} → {marks(total(now.values()))}"
        yield f"{plain(submission)}: {', '.join(tasks)}; {whole}"


def _shown(score: float | None) -> str:
    return "none" if score is None else marks(score)
