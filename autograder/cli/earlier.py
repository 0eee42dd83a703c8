"""What earlier runs have left where `grade --out` writes: none of it is a submission, and all of it still counts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from ..errors import UsageError
from ..grading.store import Store
from ..reports.changes import changes
from ..reports.summary import Summary, summarize
from ..submission import Submitted
from ..text import plain
from .say import complain, counted, tell

if TYPE_CHECKING:
    from ..reports.pages.writing import Pages
    from ..rubric import Rubric

__all__ = ["hold_to", "of_earlier_runs", "tell_changes", "tell_of_earlier_runs", "without_our_own"]

OURS = ("results", "attempts", "report", "public")
"""The folders that a run makes in ``--out``."""

SHOWN = 8
"""Of a long list of names so many."""


def without_our_own(found: Iterable[Submitted], out: Path) -> Sequence[Submitted]:
    """The submissions, without what an earlier run has left in their folder.

    Raises:
        UsageError: there is nothing else.
    """
    out = out.resolve()
    kept = []
    for submitted in found:
        if (
            submitted.path == out
            or (submitted.path.parent == out and submitted.path.name in OURS)
            or _has_results(submitted.path)
        ):
            complain(f"passed over: {plain(submitted.name)}: what an earlier run has left")
        else:
            kept.append(submitted)
    if not kept:
        raise UsageError(
            "there are no submissions, but only what an earlier run has left; give the folder of the class"
        )
    return kept


def _has_results(folder: Path) -> bool:
    """Whether a folder is what ``--out`` named once."""
    return (folder / "grades.csv").is_file() and (folder / "results").is_dir()


def hold_to(scheme: Rubric, store: Store) -> None:
    """Refuse a folder with another exercise's results: the marks of both would end up in one column.

    Raises:
        UsageError: there are some.
    """
    other = store.exercise()
    if other and other != scheme.name:
        raise UsageError(
            f"{store.out}: holds results of {plain(other, 80)!r}, and this is {scheme.name!r}; "
            "name another folder with --out"
        )


def of_earlier_runs(store: Store, owners: Collection[str], made: Pages | None) -> list[Summary]:
    """What is in the results' folder besides: it stays in the table and on the pages until it is taken away."""
    summaries = []
    for identifier in store.others(owners):
        try:
            result = store.read(identifier)
        except UsageError:
            complain(
                f"{store.path(identifier)}: no result that can be read, and left out; grade it again, or remove it"
            )
            continue
        if result is not None:
            summaries.append(summarize(result))
            if made is not None:
                made.add(result)
    return summaries


def tell_of_earlier_runs(earlier: Sequence[Summary], store: Store) -> None:
    """Say whose results are shown though they are not of this run."""
    if earlier:
        names = ", ".join(plain(summary.submission, 60) for summary in earlier[:SHOWN])
        more = f" and {len(earlier) - SHOWN} more" if len(earlier) > SHOWN else ""
        tell(
            f"From earlier runs, and in grades.csv and on the pages as well: {names}{more}. "
            f"Where one should not be, remove its file in {store.results} and run this again."
        )


def tell_changes(before: Mapping[str, Mapping[str, float]], store: Store, console: Console) -> None:
    """Say whose marks are not those of the last run."""
    found = list(changes({owner: (old, store.task_marks(owner)) for owner, old in before.items() if old}))
    if found:
        have = "has" if len(found) == 1 else "have"
        said = f"{counted(len(found), 'submission')} {have} other marks than after the last run:"
        console.print(Text(said, "bold"))
        for line in found:
            console.print(Text(f"  {line}"), soft_wrap=True)
