"""Whose fault it was, as exception classes.

The tree (a test holds this drawing to the classes)::

    AutograderError
    ├── UsageError                 the person at the command line: one line, exit code 2
    │   ├── SubmissionError        a path that holds no submission, or one that can't be read
    │   ├── RubricError            a rubric that can't be loaded or contradicts itself
    │   └── SandboxUnavailable     a lock that this machine can't apply
    ├── GraderFault                our own failure: exit code 3, never turned into marks
    ├── WorkerStopped              the student's code ended its process, or had to be stopped
    └── PutOff                     nobody's fault: it takes longer than it was given for now
"""

from __future__ import annotations

from .results import Verdict

__all__ = [
    "AutograderError",
    "GraderFault",
    "PutOff",
    "RubricError",
    "SandboxUnavailable",
    "SubmissionError",
    "UsageError",
    "WorkerStopped",
]


class AutograderError(Exception):
    """The base of all that this package raises on purpose."""


class UsageError(AutograderError):
    """Something that the person who typed the command can put right."""


class SubmissionError(UsageError):
    """A path that holds no submission, or one that can't be read."""


class RubricError(UsageError):
    """A marking scheme that can't be loaded or contradicts itself."""


class SandboxUnavailable(UsageError):
    """A lock that this machine can't apply, so that grading refuses."""


class GraderFault(AutograderError):
    """The grader's own failure.  It is retried once, then listed, and never turned into marks."""


class WorkerStopped(AutograderError):
    """The worker is gone, and the student's code is the cause.

    Attributes:
        verdict: ``CRASHED``, ``TIMED_OUT``, ``OUT_OF_MEMORY`` or ``FORBIDDEN``.
        message: one sentence, in plain words, that may be shown to the student.
        detail: more of it, for the instructor alone: the student's code may have chosen the words.
    """

    def __init__(self, verdict: Verdict, message: str, detail: str = "") -> None:
        super().__init__(message)
        self.verdict = verdict
        self.message = message
        self.detail = detail


class PutOff(AutograderError):
    """A submission takes longer than it was given for now, and has to be graded again with all of its time."""
