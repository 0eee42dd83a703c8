"""Grading on a cluster, as an executor in the manner of :mod:`concurrent.futures`."""

from __future__ import annotations

import concurrent.futures
import contextlib
import hashlib
import itertools
import secrets
import threading
import time
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from .. import __version__
from ..errors import AutograderError, GraderFault, UsageError
from ..grading import rubrics, seeds
from ..grading.answers import believed
from ..grading.many import Job, grade_source
from ..submission import StudentSource
from . import worker
from .connection import connect
from .members import Members
from .orders import Failed, Grade, Graded, Refused, Wanted, answers, encode

__all__ = ["OnCluster"]

ATTEMPTS = 3
"""For an order that a worker can't even read."""

EVERY = 1.0
"""Seconds after which to see again who is there."""

PATIENCE = 60.0
"""Seconds without a worker that may grade, before it is given up."""

REMEDY = "Remedy: run every worker and this command from the same image, or the same installation"


@dataclass(eq=False)
class _Asked:
    """A submission that the cluster has: its future here, and where it may be graded."""

    future: Future[bytes]
    source: StudentSource
    order: bytes
    sent: int = 0
    failures: int = 0
    at: frozenset[str] | None = None
    """``None`` for anywhere; an empty set waits here for a worker."""


class OnCluster(Executor):
    """Has submissions graded by the workers of a scheduler.

    Args:
        address: the scheduler's.
        job: how to grade.
        tell: is told in one line each what is amiss with the cluster.

    Raises:
        UsageError: nobody answers there, or every worker is refused.
    """

    def __init__(self, address: str, job: Job, tell: Callable[[str], None]) -> None:
        self._address = address
        self._job = job
        self._tell = tell
        self._loaded = rubrics.load(job.rubric)
        self._wanted = Wanted(replace(job, key=""), __version__, self._loaded.sha256)
        self._run = secrets.token_hex(8)
        self._numbers = itertools.count()
        self._lock = threading.RLock()
        self._pending: dict[_Asked, None] = {}
        self._broken: Exception | None = None
        self._closing = threading.Event()
        self._without_workers: float | None = None
        self._client = connect(address, tell)
        try:
            self._dask = self._client.get_executor(pure=False)
            self._members = Members(self._client, self._wanted, tell)
            self._look()
            self._not_broken(UsageError)
        except BaseException:
            self._client.close()
            raise
        self._watcher = threading.Thread(target=self._watch, daemon=True)
        self._watcher.start()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Hand in ``grade_source, job, source``: nothing else is ordered of a cluster.

        Raises:
            BrokenExecutor: the scheduler has gone.
        """
        if fn is not grade_source or args[0] != self._job or kwargs:
            raise ValueError("a cluster grades, by the one job that it was asked for, and does nothing else")
        source: StudentSource = args[1]
        seed = seeds.submission_seed(self._job.key, self._loaded.rubric.name, source.name)
        asked = _Asked(Future(), source, encode(Grade(self._wanted, source, seed)))
        asked.future.set_running_or_notify_cancel()
        with self._lock:
            self._not_broken(BrokenExecutor)
            self._pending[asked] = None
            self._send(asked)
        return asked.future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the cluster; with ``cancel_futures``, or without ``wait``, what is unfinished is called back."""
        if wait and not cancel_futures:
            with self._lock:
                unfinished = [asked.future for asked in self._pending]
            concurrent.futures.wait(unfinished)
        self._closing.set()
        with contextlib.suppress(Exception):  # nobody may be there any more
            self._dask.shutdown(wait=False)
        self._give_up(BrokenExecutor("the cluster was left"))
        self._watcher.join()
        with contextlib.suppress(Exception):
            self._client.close()

    def _not_broken(self, kind: type[Exception]) -> None:
        if self._broken is not None:
            raise kind(str(self._broken))

    def _send(self, asked: _Asked) -> None:
        """Hand an order to the scheduler, for the workers that may grade."""
        asked.at = self._members.good if self._members.refused else None
        asked.sent += 1
        if asked.at is not None and not asked.at:
            return
        # No student's name is in what the scheduler shows, and an order that is sent again is another one to it.
        what = f"{self._run}\0{next(self._numbers)}"
        key = f"grade-{hashlib.sha256(what.encode()).hexdigest()[:32]}"
        number = asked.sent
        where = {} if asked.at is None else {"workers": sorted(asked.at), "allow_other_workers": False}
        try:
            answer = self._dask.submit(worker.grade, asked.order, key=key, **where)
        except Exception as error:
            self._give_up(BrokenExecutor(f"{self._address}: the scheduler has gone ({error})"))
            return
        answer.add_done_callback(lambda done: self._receive(asked, number, done))

    def _receive(self, asked: _Asked, number: int, done: Future[Any]) -> None:
        """An order's end, in Dask's own thread."""
        with self._lock:
            if asked not in self._pending or asked.sent != number or self._closing.is_set():
                return
            if done.cancelled():
                self._give_up(BrokenExecutor(f"{self._address}: the scheduler has gone, or has dropped what it had"))
                return
            try:
                self._settle(asked, done)
            except AutograderError as error:
                self._finish(asked, error)

    def _settle(self, asked: _Asked, done: Future[Any]) -> None:
        """Take an answer, or send the order elsewhere.

        Raises:
            AutograderError: there will be no result.
        """
        error = done.exception()
        if error is not None:
            if type(error).__name__ == "KilledWorker":
                raise GraderFault("the workers that had it ended each time; grade this one again")
            asked.failures += 1
            if asked.failures == ATTEMPTS:
                raise GraderFault(f"no worker could take it up ({type(error).__name__}: {error}). {REMEDY}")
            self._send(asked)
            return
        try:
            answer = answers.decode(done.result())
        except (msgspec.MsgspecError, UnicodeDecodeError, TypeError) as unreadable:
            raise GraderFault(f"what the cluster answered can't be read: {unreadable}") from None
        if isinstance(answer, Graded):
            self._finish(asked, believed(answer.result, "the cluster", asked.source, self._job, self._loaded))
        elif isinstance(answer, Refused):
            self._members.refuse(answer.worker, answer.why)
            self._send(asked)
        elif isinstance(answer, Failed):
            raise (UsageError if answer.whose == "user" else GraderFault)(answer.message)
        else:
            raise GraderFault("the cluster answered what it was not asked")

    def _finish(self, asked: _Asked, outcome: bytes | Exception) -> None:
        self._pending.pop(asked)
        if isinstance(outcome, Exception):
            asked.future.set_exception(outcome)
        else:
            asked.future.set_result(outcome)

    def _give_up(self, reason: Exception) -> None:
        """Settle everything that is unfinished."""
        with self._lock:
            self._broken = self._broken or reason
            unfinished, self._pending = self._pending, {}
        for asked in unfinished:
            asked.future.set_exception(reason)

    def _watch(self) -> None:
        """Again and again, until this side has done."""
        while not self._closing.wait(EVERY):
            try:
                self._look()
            except Exception as error:
                if not self._closing.is_set():
                    self._give_up(BrokenExecutor(f"{self._address}: the scheduler has gone ({error})"))
                return

    def _look(self) -> None:
        """See who is there; send anew what waits for workers that have gone."""
        self._members.refresh()
        with self._lock:
            good = self._members.good
            if good:
                self._without_workers = None
                for asked in [asked for asked in self._pending if asked.at is not None and not asked.at & good]:
                    self._send(asked)
            else:
                self._wait_for_workers()

    def _wait_for_workers(self) -> None:
        refused = self._members.refused
        now = time.monotonic()
        if self._without_workers is None:
            self._without_workers = now
            if not refused:
                self._tell(f"{self._address}: no worker is there; waiting {PATIENCE:.0f} s for one")
        if refused and not self._pending:
            self._give_up(
                UsageError(f"{self._address}: every worker is refused ({next(iter(refused.values()))}). {REMEDY}")
            )
        elif now - self._without_workers > PATIENCE:
            remedy = REMEDY if refused else f"Remedy: start one (dask worker {self._address} --nthreads 1)"
            self._give_up(UsageError(f"{self._address}: no worker has come that may grade. {remedy}; then run again"))
