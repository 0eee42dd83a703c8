"""The page of the class: how it went, what was not understood, which checks tell what, and who needs a look."""

from __future__ import annotations

import hashlib
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup

from ... import __version__
from ...results import Verdict
from ..checked import WORDS
from ..summary import always_faulty
from . import plots
from .figures import STOPPED, CheckColumn, Class, Entry, Mistake, TaskColumn
from .items import FEW, LOW, Item, alpha, analyse
from .render import VERSION, page

__all__ = ["class_page", "stamp"]

ROSTER = 100
"""Submissions in one part of the list; all parts but the first are folded up, which costs no layout."""

NAMED = 50
"""Names that are listed for a misconception or a reason; all of them are in misconceptions.csv."""

EVERYBODY, NOBODY = 1 - 1e-9, 1e-9

ALWAYS = "The grader itself failed, in {} for every submission: no marks, see autograder verify"

FEWEST_UNNAMED = 5
"""A page without names shows the figures of no fewer than that: they would be somebody's marks."""


@dataclass(frozen=True)
class _Task:
    of: TaskColumn
    mean: float
    full: int
    part: int
    zero: int
    blank: int


@dataclass(frozen=True)
class _Check:
    of: CheckColumn
    item: Item
    ended: str
    flag: str


@dataclass(frozen=True)
class _Mistake:
    of: Mistake
    count: int
    tasks: Sequence[str]
    named: Sequence[Entry]


@dataclass(frozen=True)
class _Reason:
    name: str
    count: int
    shown: Sequence[tuple[Entry, str]]


@dataclass(frozen=True)
class _Part:
    first: int
    last: int
    entries: Sequence[Entry]


def class_page(of: Class, *, public: bool) -> bytes:
    """The page.

    Args:
        of: what was gathered.
        public: without names, without the list of submissions and without what is one submission's own.
    """
    counted = of.counted
    enough = len(counted) >= (FEWEST_UNNAMED if public else 1)
    items = analyse(of.shares(), _points(of)) if enough else []
    checks = [_check(column, item, len(counted)) for column, item in zip(of.checks, items, strict=bool(items))]
    entries = {entry.submission: entry for entry in of.entries}
    values = {
        "public": public,
        "exercise": of.exercise.most_common(1)[0][0] if of.exercise else "",
        "total": len(of.entries),
        "graded": len(counted),
        "facts": _facts(counted) if enough else (),
        "histogram": _histogram(counted) if enough else None,
        "item_map": plots.item_map(items) if any(item.correlation is not None for item in items) else None,
        "bins": _bins(counted) if enough else (),
        "tasks": [_task(task) for task in of.tasks] if enough else (),
        "checks": checks,
        "everybody": [check for check in checks if check.item.difficulty >= EVERYBODY],
        "nobody": [check for check in checks if check.item.difficulty <= NOBODY],
        "alpha": alpha(of.shares(), _points(of)) if enough else None,
        "few": len(counted) < FEW,
        "low": LOW,
        "few_number": FEW,
        "mistakes": _mistakes(of, entries, public) if enough else (),
        "named": NAMED,
        "reasons": () if public else _reasons(of, entries),
        "others": () if public else of.others[:NAMED],
        "others_count": len(of.others),
        "parts": () if public else _parts(of.sorted_entries),
        "graded_by": __version__,
    }
    return page("class.html.j2", stamp=stamp(of, public=public), **values)


def stamp(of: Class, *, public: bool) -> str:
    """What the page is made from, whatever the order in which it came; the same stamp, the same page."""
    mistakes = sorted(of.mistakes.values(), key=lambda mistake: mistake.name)
    parts: tuple[object, ...] = (
        (public, __version__, VERSION),
        sorted(of.exercise.items()),
        of.sorted_entries,
        [(mistake.name, mistake.told, sorted(mistake.checks), sorted(mistake.whom)) for mistake in mistakes],
        [(reason, sorted(found)) for reason, found in of.attention.items()],
        [(task.name, task.module, task.points, task.untouched, sorted(task.scores)) for task in of.tasks],
        [
            (check.task, check.name, check.title, check.points, check.hidden, sorted(check.verdicts.items()))
            for check in of.checks
        ],
    )
    digest = hashlib.sha256(repr(parts).encode("utf-8", "backslashreplace"))
    digest.update(of.shares().tobytes())
    return digest.hexdigest()[:32]


def _points(of: Class) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array([check.points for check in of.checks], dtype=np.float64)


def _scores(counted: Sequence[Entry]) -> list[float]:
    return [entry.score for entry in counted if entry.score is not None]


def _highest(counted: Sequence[Entry]) -> float:
    return max((entry.max_score or 0.0 for entry in counted), default=0.0)


def _facts(counted: Sequence[Entry]) -> list[tuple[str, float]]:
    scores = _scores(counted)
    facts = [("mean", statistics.fmean(scores)), ("median", statistics.median(scores))]
    if len(scores) > 1:
        # numpy's would import its masked arrays first.
        low, _, high = statistics.quantiles(scores, n=4, method="inclusive")
        facts.append(("standard deviation", statistics.stdev(scores)))
        facts += [("lower quartile", low), ("upper quartile", high)]
    return [*facts, ("lowest", min(scores)), ("highest", max(scores))]


def _histogram(counted: Sequence[Entry]) -> Markup | None:
    scores, highest = _scores(counted), _highest(counted)
    return plots.histogram(scores, highest, round(statistics.median(scores), 2)) if highest else None


def _bins(counted: Sequence[Entry]) -> list[tuple[float, float, int]]:
    highest = _highest(counted)
    return plots.bins(_scores(counted), highest) if highest else []


def _task(task: TaskColumn) -> _Task:
    scores = np.frombuffer(task.scores)
    full = int((scores >= task.points - 1e-9).sum())
    zero = int((scores <= 1e-9).sum())
    mean = float(scores.mean()) / task.points if task.points else 0.0
    return _Task(task, mean, full, len(scores) - full - zero, zero - task.untouched, task.untouched)


def _check(column: CheckColumn, item: Item, count: int) -> _Check:
    ended = ", ".join(f"{column.verdicts[verdict]} {WORDS[verdict]}" for verdict in Verdict if column.verdicts[verdict])
    flag = ""
    if item.difficulty >= EVERYBODY:
        flag = "everybody passes"
    elif item.difficulty <= NOBODY:
        flag = "nobody passes"
    elif count >= FEW and item.correlation is not None and item.correlation < 0:
        flag = "strong work fails more often"
    elif count >= FEW and item.correlation is not None and item.correlation < LOW:
        flag = "tells little apart"
    return _Check(column, item, ended, flag)


def _mistakes(of: Class, entries: dict[str, Entry], public: bool) -> list[_Mistake]:
    return [
        _Mistake(
            mistake,
            len(mistake.whom),
            sorted({where.partition("/")[0] for where in mistake.checks}),
            () if public else [entries[name] for name in sorted(mistake.whom)[:NAMED]],
        )
        for mistake in of.mistakes_by_frequency
        if not public or len(mistake.whom) >= FEWEST_UNNAMED
    ]


def _reasons(of: Class, entries: dict[str, Entry]) -> list[_Reason]:
    always = always_faulty(entry.faults for entry in of.entries if entry.page)
    others = {STOPPED[Verdict.GRADER_FAULT]: ALWAYS.format(always)} if always else {}
    return [
        _Reason(others.get(reason, reason), len(found), [(entries[name], what) for name, what in sorted(found)[:NAMED]])
        for reason, found in of.attention.items()
        if found
    ]


def _parts(entries: Sequence[Entry]) -> list[_Part]:
    return [
        _Part(start + 1, min(start + ROSTER, len(entries)), entries[start : start + ROSTER])
        for start in range(0, len(entries), ROSTER)
    ]
