"""Executors in the manner of `concurrent.futures`, and what keeps one going.

Grading sees no more of an executor than this module needs: `submit` and `shutdown`.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from multiprocessing import forkserver
from types import TracebackType
from typing import Any

from ..errors import GraderFault

__all__ = ["Crew", "InProcess", "processes", "start_server"]

ATTEMPTS = 3


class InProcess(Executor):
    """Does the work when it is handed in, in this process."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Do it now; the future is done."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


def start_server(preload: str) -> None:
    """Start what :func:`processes` are forked from, unless it runs; it imports ``preload`` while nobody waits."""
    multiprocessing.get_context("forkserver").set_forkserver_preload([preload])
    forkserver.ensure_running()


def processes(count: int, preload: str) -> Executor:
    """Processes of this machine; ``preload`` is a module that they find imported."""
    # Forked from a server that has done the imports: cheap, and free of this process's threads.
    start_server(preload)
    context = multiprocessing.get_context("forkserver")
    return ProcessPoolExecutor(count, mp_context=context, initializer=_follow_the_parent)


def _follow_the_parent() -> None:
    """Leave Ctrl-C to the parent, and end when it ends: one that is killed tells its pool nothing."""
    gc.freeze()  # what was imported stays: looking for garbage in it would also copy its memory
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_parent, daemon=True).start()


def _end_with_the_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@dataclass
class _Work:
    context: Any
    call: tuple[Any, ...]
    attempts: int = 0


class Crew:
    """Hands work to an executor; where that breaks, makes a new one and hands the work out again.

    A process of the pool that is killed from outside takes down the whole pool: what was in hand is
    tried up to three times, so that one kill costs nobody a result.

    Handing out work, and waiting for it, raises:
        GraderFault: no process can be started at all.
    """

    def __init__(self, make_executor: Callable[[], Executor]) -> None:
        self._make = make_executor
        self._executor = make_executor()
        self._flying: dict[Future[Any], _Work] = {}

    def __enter__(self) -> Crew:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Shut the executor down; what is unfinished (after Ctrl-C, say) is given up at once."""
        if self._flying:
            for process in multiprocessing.active_children():
                process.terminate()
        self._executor.shutdown(wait=True, cancel_futures=True)

    @property
    def busy(self) -> int:
        """How many pieces of work are in hand."""
        return len(self._flying)

    def submit(self, context: Any, function: Callable[..., Any], *args: Any) -> None:
        """Hand out a piece of work; ``context`` comes back with its answer."""
        self._launch(_Work(context, (function, *args)))

    def wait(self) -> Iterator[tuple[Any, Any]]:
        """Wait for at least one piece; yield the context and the answer, or the exception, of each."""
        done, _ = wait(self._flying, return_when=FIRST_COMPLETED)
        for future in done:
            work = self._flying.pop(future)
            error = future.exception()
            if not isinstance(error, BrokenExecutor):
                yield work.context, future.result() if error is None else error
            elif work.attempts < ATTEMPTS:
                self._launch(work)
            else:
                yield work.context, GraderFault("the grading process was killed each time; grade this one again")

    def _launch(self, work: _Work) -> None:
        work.attempts += 1
        try:
            try:
                future = self._executor.submit(*work.call)
            except BrokenExecutor:
                self._executor.shutdown(wait=False)
                self._executor = self._make()
                future = self._executor.submit(*work.call)
        except OSError as error:  # the server that they are forked from is gone, or none is to be had
            raise GraderFault(f"no process that grades can be started ({error}); try --jobs 1") from None
        self._flying[future] = work
