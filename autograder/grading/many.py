"""A class of submissions to results, through any executor in the manner of `concurrent.futures`.

Submissions travel to the executor as bytes and come back as bytes, so that it may be this process,
processes of this machine, or machines elsewhere.  Results are written by this side alone, one by one
as they come in: whatever happens, what is finished is kept, and the next run goes on from there.
"""

from __future__ import annotations

import atexit
import functools
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, field
from typing import Any

import msgspec

from .. import __version__
from ..errors import AutograderError, GraderFault, PutOff, SubmissionError, UsageError
from ..lateness import Deadline
from ..results import Allowed, Result, dump, load
from ..sandbox.inside.control import LOCKS
from ..sandbox.interface import Limits
from ..sandbox.locked import LockedSandbox
from ..submission import StudentSource, Submitted
from . import rubrics, seeds
from .executors import Crew
from .one import Grader, ungraded
from .store import Stamp, Store, stamp

__all__ = ["Graded", "Job", "due", "grade_class", "grade_promptly", "grade_source", "grader"]


PATIENCE = 1.0
"""Seconds of processor time for loading, or for one check, after which a submission has to wait for the others."""


@dataclass(frozen=True)
class Job:
    """All that a process needs to know to grade, whichever process it is.

    Attributes:
        rubric: the rubric's name, as :func:`rubrics.load` takes it.
        key: the course's key.
        limits: what one worker may use.
        without: locks that grading was told, by name, to go on without.
        spare: each process that grades has a second core; see :class:`autograder.sandbox.locked.LockedSandbox`.
    """

    rubric: str
    key: str
    limits: Limits = field(default_factory=Limits)
    without: frozenset[str] = frozenset()
    spare: bool = False


@dataclass(frozen=True)
class Graded:
    """How one submission ended.

    Attributes:
        submitted: what was graded.
        result: its result; ``None`` where the grader failed before it had one.
        reused: the result is an earlier run's: nothing that it depends on has changed.
        note: what went wrong on the grader's side, in one line.
    """

    submitted: Submitted
    result: Result | None
    reused: bool = False
    note: str = ""


def grade_class(
    submissions: Iterable[Submitted],
    job: Job,
    store: Store,
    make_executor: Callable[[], Executor],
    *,
    width: int,
    fresh: bool = False,
    deadline: Deadline | None = None,
    put_off: bool = False,
) -> Iterator[Graded]:
    """Grade what is missing or has changed; yield each submission as soon as it is done.

    At most ``2 * width`` submissions are in memory at a time.

    Args:
        submissions: what was handed in.
        job: how to grade it.
        store: where results are kept.
        make_executor: makes the executor, and makes it anew should it break.
        width: how many submissions the executor grades at the same time.
        fresh: grade everything again.
        deadline: what handing in late costs.  It changes no mark for the work, so nothing is graded again for it.
        put_off: grade those last that load or run for longer than :data:`PATIENCE`, so that what hangs holds
            nobody up.  It changes no result.

    Raises:
        UsageError: a result can't be written, or a lock can't be applied on this machine.
    """
    loaded = rubrics.load(job.rubric)
    deadline = deadline or Deadline()
    slow: list[tuple[Submitted, str]] = []

    def settled(done: Iterable[tuple[tuple[Submitted, str], Any]]) -> Iterator[Graded]:
        for context, answer in done:
            if isinstance(answer, PutOff):
                slow.append(context)
            else:
                yield _finish(context, answer, store, loaded, deadline)

    def rest(crew: Crew) -> Iterator[Graded]:
        while crew.busy:
            yield from settled(crew.wait())

    def hand_out(crew: Crew, work: Callable[..., bytes], submitted: Submitted, handed: _ToGrade) -> Iterator[Graded]:
        crew.submit((submitted, handed.note), work, job, handed.source)
        if crew.busy >= 2 * width:
            yield from settled(crew.wait())

    with Crew(make_executor) as crew:
        for submitted in submissions:
            planned = _plan(submitted, job, loaded, store, fresh, deadline)
            if isinstance(planned, Graded):
                yield planned
            else:
                yield from hand_out(crew, grade_promptly if put_off else grade_source, submitted, planned)
        yield from rest(crew)
        # They are read again: kept in memory, they would grow with the class.
        for submitted, note in slow:
            try:
                source = submitted.read()
            except SubmissionError as error:
                yield _lost(submitted, str(error), store, loaded, deadline)
            else:
                yield from hand_out(crew, grade_source, submitted, _ToGrade(source, note))
        yield from rest(crew)


def grade_source(job: Job, source: StudentSource, seed: str | None = None) -> bytes:
    """Grade one submission; the result as JSON.  This is what an executor runs.

    Args:
        job: how.
        source: what was handed in.
        seed: its seed, where the job comes without the course's key.
    """
    return dump(_with_limits(grader(job).grade(source, seed), job))


def grade_promptly(job: Job, source: StudentSource) -> bytes:
    """As :func:`grade_source`, for a submission that takes no longer than most.

    Raises:
        PutOff: it takes longer.
    """
    return dump(_with_limits(grader(job).hurried(PATIENCE).grade(source), job))


def _with_limits(result: Result, job: Job) -> Result:
    return msgspec.structs.replace(result, allowed=_allowed(job))


def _allowed(job: Job) -> Allowed:
    return Allowed(cpu_seconds=job.limits.cpu_seconds, memory_bytes=job.limits.memory_bytes)


def due(source: StudentSource, job: Job, loaded: rubrics.LoadedRubric) -> Stamp:
    """What a result is made from if it is made now."""
    seed = seeds.submission_seed(job.key, loaded.rubric.name, source.name)
    locks = tuple(lock for lock in LOCKS if lock not in job.without)
    return Stamp(source.sha256, loaded.sha256, seed, locks, _allowed(job), __version__)


@functools.lru_cache(maxsize=1)
def grader(job: Job) -> Grader:
    """This process's grader: the rubric is loaded and the zygote started once, both at the same time."""
    sandbox = LockedSandbox(job.limits, without=job.without, wait=False, spare=job.spare)
    atexit.register(sandbox.close)  # Python warns of what is still open when it ends
    return Grader(rubrics.load(job.rubric), job.key, sandbox)


@dataclass(frozen=True)
class _ToGrade:
    source: StudentSource
    note: str = ""


def _shelf(store: Store, submitted: Submitted) -> Store:
    """Where a submission's result is kept: one attempt of several apart from the results that count."""
    return store.attempts if submitted.attempt_of else store


def _handed_in(result: Result, submitted: Submitted, deadline: Deadline) -> Result:
    """The result with who handed in, and what being late costs.  Executors never see either."""
    return msgspec.structs.replace(
        result, handed_in=submitted.handed_in, late=deadline.apply(result, submitted.handed_in)
    )


def _plan(
    submitted: Submitted, job: Job, loaded: rubrics.LoadedRubric, store: Store, fresh: bool, deadline: Deadline
) -> Graded | _ToGrade:
    """Read a submission; settle it at once where it can't be read or nothing has changed."""
    try:
        source = submitted.read()
    except SubmissionError as error:
        return _lost(submitted, str(error), store, loaded, deadline)
    if fresh:
        return _ToGrade(source)
    shelf = _shelf(store, submitted)
    try:
        earlier = shelf.read(submitted.identifier)
    except UsageError as error:
        return _ToGrade(source, note=str(error))
    if earlier is not None and not earlier.faulty and stamp(earlier) == due(source, job, loaded):
        result = _handed_in(earlier, submitted, deadline)
        if result != earlier:
            shelf.write(result)
        return Graded(submitted, result, reused=True)
    return _ToGrade(source)


def _lost(submitted: Submitted, why: str, store: Store, loaded: rubrics.LoadedRubric, deadline: Deadline) -> Graded:
    """A submission without a result.  What is kept says so: an earlier result in its place would be handed out."""
    kept = ungraded(submitted.identifier, submitted.name, loaded, why)
    _shelf(store, submitted).write(_handed_in(kept, submitted, deadline))
    return Graded(submitted, None, note=why)


def _finish(
    context: tuple[Submitted, str],
    answer: bytes | BaseException,
    store: Store,
    loaded: rubrics.LoadedRubric,
    deadline: Deadline,
) -> Graded:
    """Keep what came back, or say what did not."""
    submitted, note = context
    if isinstance(answer, bytes):
        result = _handed_in(load(answer), submitted, deadline)
        _shelf(store, submitted).write(result)
        return Graded(submitted, result, note=note)
    if isinstance(answer, GraderFault):
        return _lost(submitted, str(answer), store, loaded, deadline)
    if isinstance(answer, AutograderError) or not isinstance(answer, Exception):
        raise answer
    # Whatever it was, it is ours, and one submission's: the others are graded all the same.
    why = f"the grader itself failed ({type(answer).__name__}: {answer})"[:500]
    return _lost(submitted, why, store, loaded, deadline)
