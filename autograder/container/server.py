"""The side in the container: submissions come in on standard input, results go out on standard output.

Started by ``docker run`` as :mod:`autograder.container.engine` says; it ends when its input ends.
"""

from __future__ import annotations

import functools
import multiprocessing
import os
import threading
from concurrent.futures import BrokenExecutor, Future
from typing import BinaryIO

from .. import __version__
from ..errors import AutograderError, UsageError
from ..grading import rubrics
from ..grading.executors import processes
from ..grading.many import grade_source
from . import frames

__all__ = ["main"]

KILLED = 1
"""The exit status after one of the graders was killed: the container is given up and started anew."""


def main() -> None:
    """Serve until the input ends, then end at once, with whatever is unfinished."""
    incoming, outgoing = _take_standard_streams()
    try:
        begin = frames.read(incoming, frames.orders)
        if isinstance(begin, frames.Begin):
            _serve(begin, incoming, _Answers(outgoing))
    except frames.FrameError:
        pass  # the other side was killed while it wrote
    _end()


def _serve(begin: frames.Begin, incoming: BinaryIO, answers: _Answers) -> None:
    try:
        loaded = rubrics.load(begin.job.rubric)
    except AutograderError as error:
        answers.send(frames.Refused(str(error)))
        return
    answers.send(frames.Ready(__version__, loaded.sha256))
    pool = processes(begin.width, preload=grade_source.__module__)
    while isinstance(order := frames.read(incoming, frames.orders), frames.Grade):
        future = pool.submit(grade_source, begin.job, order.source)
        future.add_done_callback(functools.partial(answers.give, order.number))


class _Answers:
    """Sends answers, one at a time, from whichever thread has one."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._lock = threading.Lock()

    def give(self, number: int, future: Future[bytes]) -> None:
        """Say how one submission ended."""
        error = future.exception()
        if error is None:
            self.send(frames.Graded(number, future.result()))
        elif isinstance(error, BrokenExecutor):
            _end(KILLED)
        elif isinstance(error, UsageError):
            self.send(frames.Failed(number, "user", str(error)))
        elif isinstance(error, AutograderError):
            self.send(frames.Failed(number, "grader", str(error)))
        else:
            self.send(frames.Failed(number, "grader", f"{type(error).__name__}: {error}"))

    def send(self, answer: frames.Answer) -> None:
        """Send one; where nobody listens any more, the end of the input is about to say so."""
        with self._lock:
            try:
                frames.write(self._descriptor, answer)
            except OSError:
                _end()


def _take_standard_streams() -> tuple[BinaryIO, int]:
    """The two ends of the pipe, out of the way of whatever a marking scheme may print."""
    incoming, outgoing = os.fdopen(os.dup(0), "rb"), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    return incoming, outgoing


_ending = threading.Lock()


def _end(status: int = 0) -> None:
    # The pool finds its killed processes, and says so in a thread of its own: whoever came first decides.
    if not _ending.acquire(blocking=False):
        threading.Event().wait()
    for process in multiprocessing.active_children():
        process.kill()
    os._exit(status)


if __name__ == "__main__":
    main()
