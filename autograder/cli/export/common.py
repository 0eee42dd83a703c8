"""What all exports share: the results they start from, and what is said in the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from ...errors import UsageError
from ...reports.on_disk import results_in
from ...reports.summary import grave
from ...results import Result, Verdict
from ...text import plain
from ..say import FAULT, FOUND, OK, tell

__all__ = ["Graded", "Results", "finish", "listed", "read"]

SHOWN = 50
"""Of a long list so many lines are shown."""

Results = Annotated[Path, typer.Argument(metavar="DIR", help="What `autograder grade --out DIR` wrote.")]


@dataclass(frozen=True)
class Graded:
    """A class's results, by submission.

    Attributes:
        usable: those that have marks.
        faulty: those where the grader itself failed: they have none, and no zero either.
    """

    usable: tuple[Result, ...]
    faulty: tuple[Result, ...]


def read(folder: Path) -> Graded:
    """Read the results under ``folder/results``, or in ``folder`` itself.

    Raises:
        UsageError: if there are none, or one can't be read.
    """
    inner = folder / "results"
    results = []
    for one in results_in(inner if inner.is_dir() else folder):
        if isinstance(one, str):
            raise UsageError(one)
        results.append(one)
    if not results:
        raise UsageError(f"{folder}: no results in it; give the folder that 'autograder grade --out' wrote to")
    exercises = sorted({result.rubric for result in results})
    if len(exercises) > 1:
        shown = " and ".join(plain(name, 80) for name in exercises[:2])
        raise UsageError(f"{folder}: holds results of several exercises ({shown}); grade each with an --out of its own")
    usable = tuple(result for result in results if not result.faulty)
    return Graded(usable, tuple(result for result in results if result.faulty))


def listed(heading: str, names: Iterable[str]) -> None:
    """A heading and a name a line; nothing where there are no names."""
    lines = [plain(name, 300) for name in names]
    if not lines:
        return
    shown = lines[:SHOWN] + ([f"… and {len(lines) - SHOWN} more"] if len(lines) > SHOWN else [])
    tell(f"{len(lines)} {heading}:", *(f"  {line}" for line in shown))


def _unusable(results: Iterable[Result]) -> Iterator[str]:
    """Those with nothing attempted and a warning that may be why: what was handed in could not be opened, say."""
    untouched = (Verdict.NOT_ATTEMPTED, Verdict.SKIPPED)
    for result in results:
        warnings = grave(result)
        if warnings and all(check.verdict in untouched for task in result.tasks for check in task.checks):
            yield f"{result.submission}: {warnings[0]}"


def finish(written: str, graded: Graded, *, found: Sequence[str] = ()) -> NoReturn:
    """Say what was written and what was left out, and end with the exit code.

    Args:
        written: how many of what, and where.
        graded: the results; the faulty ones are listed.
        found: results that were not exported for want of a place, a line each.

    The code is 3 where the grader had failed somewhere, 1 where a result was not exported, 0 otherwise.
    """
    tell(written)
    listed("results not exported", found)
    listed("of whose work nothing could be used", _unusable(graded.usable))
    listed("not exported, because the grader itself failed there (grade again)", (r.submission for r in graded.faulty))
    raise typer.Exit(FAULT if graded.faulty else FOUND if found else OK)
