"""The best of several attempts of a student."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import msgspec

from ..results import Result, Verdict
from ..submission import Submitted
from .many import Graded
from .store import Store

__all__ = ["best", "people"]


def people(submissions: Sequence[Submitted]) -> int:
    """How many submissions there are if a student's attempts count as one."""
    return len({submitted.attempt_of or submitted.identifier for submitted in submissions})


def best(graded: Iterable[Graded], submissions: Sequence[Submitted], store: Store) -> Iterator[Graded]:
    """Of each student's attempts the best one, as soon as all are graded; it is kept as their result.

    The best is the one with the most marks after the late policy; of equal ones the last.  Where the
    grader failed on an attempt that might have been better, that attempt is what comes out: without
    marks, to be graded again.

    Raises:
        UsageError: the result can't be written.
    """
    due = Counter(submitted.attempt_of for submitted in submissions)
    order = {submitted.identifier: number for number, submitted in enumerate(submissions)}
    done: defaultdict[str, list[Graded]] = defaultdict(list)
    for one in graded:
        owner = one.submitted.attempt_of
        if not owner:
            yield one
            continue
        done[owner].append(one)
        if len(done[owner]) == due[owner]:
            attempts = sorted(done.pop(owner), key=lambda each: order[each.submitted.identifier])
            yield _published(_best(attempts), attempts, owner, store)


def _best(attempts: Sequence[Graded]) -> Graded:
    """The last of those that have the most marks, where a fault of ours counts as the most that it may hide."""
    best = attempts[0]
    for attempt in attempts[1:]:
        if _most(attempt) >= _most(best):
            best = attempt
    return best


def _most(graded: Graded) -> float:
    result = graded.result
    if result is None:
        return float("inf")
    penalty = result.late.penalty if result.late else 0.0
    return max(result.score + _hidden_by_faults(result) - penalty, 0.0)


def _hidden_by_faults(result: Result) -> float:
    faults = (check for task in result.tasks for check in task.checks if check.verdict is Verdict.GRADER_FAULT)
    return sum(check.max_score - check.score for check in faults)


def _published(best: Graded, attempts: Sequence[Graded], owner: str, store: Store) -> Graded:
    result = best.result and msgspec.structs.replace(best.result, submission=owner)
    reused = all(one.reused for one in attempts)
    if result is not None:
        store.write(result)
    elif (kept := store.attempts.read(best.submitted.identifier)) is not None:
        # That there are no marks, in the place of an earlier result.
        store.write(msgspec.structs.replace(kept, submission=owner))
    submitted = replace(best.submitted, identifier=owner, attempt_of="")
    return Graded(submitted, result, reused, " ".join(dict.fromkeys(one.note for one in attempts if one.note)))
