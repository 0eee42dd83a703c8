"""Grading in a container, as an executor in the manner of :mod:`concurrent.futures`."""

from __future__ import annotations

import concurrent.futures
import itertools
import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from typing import Any

from .. import __version__
from ..errors import GraderFault, UsageError
from ..grading import rubrics
from ..grading.answers import believed
from ..grading.many import Job, grade_source
from ..submission import StudentSource
from . import frames
from .engine import TAG, Engine
from .pipe import Container

__all__ = ["InContainer"]

REMEDY = f"Remedy: build it anew (docker build --tag {TAG} . in the project's checkout), or name another with --image"


class InContainer(Executor):
    """Has submissions graded in a container, which is started when the first one comes.

    Args:
        engine: where.
        job: how.
        width: how many at the same time.
    """

    def __init__(self, engine: Engine, job: Job, width: int) -> None:
        self._engine = engine
        self._job = job
        self._width = width
        self._loaded = rubrics.load(job.rubric)
        self._container: Container | None = None
        self._listener: threading.Thread | None = None
        self._numbers = itertools.count()
        self._lock = threading.Lock()
        self._pending: dict[int, tuple[Future[bytes], StudentSource]] = {}
        self._broken = ""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Hand in ``grade_source, job, source``: code doesn't travel, so nothing else can be done there.

        Raises:
            BrokenExecutor: the container has ended.
            UsageError: it can't be started, or holds something else than what is asked for.
        """
        if fn is not grade_source or args[0] != self._job or kwargs:
            raise ValueError("a container grades, by the one job that it was made for, and does nothing else")
        source: StudentSource = args[1]
        container = self._container or self._start()
        future: Future[bytes] = Future()
        future.set_running_or_notify_cancel()  # what has been sent can't be called back
        with self._lock:
            if self._broken:
                raise BrokenExecutor(self._broken)
            number = next(self._numbers)
            self._pending[number] = future, source
        container.send(frames.Grade(number, source))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the container; with ``cancel_futures``, or without ``wait``, whatever is unfinished."""
        if wait and not cancel_futures:
            with self._lock:
                unfinished = [future for future, _ in self._pending.values()]
            concurrent.futures.wait(unfinished)
        if self._container is not None:
            self._container.close()
            if self._listener is not None:
                self._listener.join()
            self._container.forget()

    def _start(self) -> Container:
        self._container = container = Container(self._engine, self._job, self._width)
        first = container.receive()
        if isinstance(first, frames.Refused):
            raise UsageError(first.message)
        if not isinstance(first, frames.Ready):
            raise UsageError(f"the container can't be started: {container.why()}")
        if first.version != __version__:
            raise UsageError(f"the image holds autograder {first.version}, and this is {__version__}. {REMEDY}")
        if first.rubric_sha256 != self._loaded.sha256:
            raise UsageError(f"the image holds another version of {self._job.rubric} than this machine. {REMEDY}")
        self._listener = threading.Thread(target=self._listen, args=[container], daemon=True)
        self._listener.start()
        return container

    def _listen(self, container: Container) -> None:
        """Settle what is answered, and in the end what is not."""
        while isinstance(answer := container.receive(), frames.Graded | frames.Failed):
            with self._lock:
                asked = self._pending.pop(answer.number, None)
            if asked is None:
                container.distrust("it answered what it was not asked")
                break
            future, source = asked
            try:
                future.set_result(self._believed(answer, source))
            except (GraderFault, UsageError) as error:
                future.set_exception(error)
        broken = BrokenExecutor(f"the container has ended: {container.why()}")
        with self._lock:
            self._broken = str(broken)
            unanswered, self._pending = self._pending, {}
        for future, _ in unanswered.values():
            future.set_exception(broken)

    def _believed(self, answer: frames.Graded | frames.Failed, source: StudentSource) -> bytes:
        """The result, if it is one of what was asked for.

        Raises:
            GraderFault: it isn't, or the container says that grading failed.
            UsageError: what the person at the command line can put right, as the container says.
        """
        if isinstance(answer, frames.Failed):
            raise (UsageError if answer.whose == "user" else GraderFault)(answer.message)
        return believed(answer.result, "the container", source, self._job, self._loaded)
