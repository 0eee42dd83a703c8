"""What grading one submission yields: plain data, and its JSON form.

``score`` is the sum of the tasks', a task's is the sum of its checks'; both are computed here and
nowhere else.  ``timing`` and nothing else may differ between two runs with the same seed.
"""

from __future__ import annotations

import enum
import inspect
import math
from collections.abc import Iterable
from typing import Any, Literal

import msgspec

from . import __version__

__all__ = [
    "Allowed",
    "CheckResult",
    "HandedIn",
    "Late",
    "Person",
    "Result",
    "Source",
    "TaskResult",
    "Verdict",
    "dump",
    "json_schema",
    "load",
    "total",
]

SCHEMA = 1


class Verdict(enum.StrEnum):
    """How a check ended.  What is not recognised is ``GRADER_FAULT``: never zero, never a pass."""

    PASSED = "passed"
    PARTIAL = "partial"
    FAILED = "failed"
    NOT_ATTEMPTED = "not_attempted"
    SKIPPED = "skipped"
    CRASHED = "crashed"
    TIMED_OUT = "timed_out"
    OUT_OF_MEMORY = "out_of_memory"
    FORBIDDEN = "forbidden"
    GRADER_FAULT = "grader_fault"


class CheckResult(msgspec.Struct, frozen=True, kw_only=True):
    """One check's verdict, marks and what the student is told.

    ``message`` and ``hint`` may be shown to the student as they are; ``details`` holds the numbers
    behind them (worst index, expected, actual) and is for the instructor where the check is hidden.
    """

    name: str
    title: str
    verdict: Verdict
    score: float
    max_score: float
    visibility: Literal["visible", "hidden"]
    message: str = ""
    hint: str = ""
    misconception: str | None = None
    details: dict[str, Any] = {}


class TaskResult(msgspec.Struct, frozen=True, kw_only=True):
    """A task's checks, in the rubric's order, and their sum; ``functions`` are those of its module that they call."""

    name: str
    module: str
    score: float
    max_score: float
    checks: tuple[CheckResult, ...]
    functions: tuple[str, ...] = ()

    @property
    def faulty(self) -> bool:
        """Whether the grader itself failed in one of its checks."""
        return any(check.verdict is Verdict.GRADER_FAULT for check in self.checks)

    @classmethod
    def of(cls, name: str, module: str, checks: tuple[CheckResult, ...], functions: tuple[str, ...] = ()) -> TaskResult:
        """Add up the checks."""
        return cls(
            name=name,
            module=module,
            score=total(check.score for check in checks),
            max_score=total(check.max_score for check in checks),
            checks=checks,
            functions=functions,
        )


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A function as the student wrote it: ``text`` begins on line ``line`` of ``file`` (of a cell, in a notebook).

    It is what the submission's own process says of itself: for people's eyes, and no evidence.
    """

    file: str
    line: int
    text: str


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who handed in, as a download names them; what it doesn't say is empty.

    ``id`` is the system's own number for them (Canvas's user, Moodle's participant, Gradescope's
    user); ``student_id`` is the one that the school gave them.
    """

    name: str = ""
    email: str = ""
    id: str = ""
    student_id: str = ""


class HandedIn(msgspec.Struct, frozen=True, kw_only=True):
    """Who handed in, when, and which attempt it was: for matching and for the late policy, never for marks.

    ``system`` is ``canvas``, ``moodle`` or ``gradescope``; ``time`` is ISO 8601 with its zone, where
    it is known; ``marked_late`` is the download's own mark.
    """

    system: str = ""
    people: tuple[Person, ...] = ()
    attempt: int | None = None
    attempts: int | None = None
    time: str = ""
    marked_late: bool = False


class Late(msgspec.Struct, frozen=True, kw_only=True):
    """What handing in late costs, apart from the marks for the work.

    ``seconds`` after the due time, where the time is known; ``penalty`` in marks; ``score`` is what
    is left of the work's.
    """

    penalty: float
    score: float
    seconds: float | None = None
    note: str = ""


class Allowed(msgspec.Struct, frozen=True, kw_only=True):
    """What the submission's code was allowed: processor time for one check in seconds, and memory in bytes."""

    cpu_seconds: float
    memory_bytes: int


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """The whole of what is known about one submission after grading.

    ``score`` is the marks for the work; what is left of them after the late policy is ``final``.
    ``code`` has the functions that were found, by name.  ``allowed`` is there where a class was graded.
    """

    submission: str
    name: str
    source_sha256: str
    rubric: str
    rubric_sha256: str
    seed: str
    score: float
    max_score: float
    tasks: tuple[TaskResult, ...]
    warnings: tuple[str, ...] = ()
    sandbox: tuple[str, ...] = ()
    allowed: Allowed | None = None
    timing: dict[str, float] = {}
    code: dict[str, Source] = {}
    handed_in: HandedIn | None = None
    late: Late | None = None
    grader: str = __version__
    schema: int = SCHEMA

    @property
    def final(self) -> float:
        """The marks that count: the work's, less what handing in late costs."""
        return self.score if self.late is None else self.late.score

    @property
    def faulty(self) -> bool:
        """Whether the grader itself failed somewhere: the marks are then not to be used."""
        return any(task.faulty for task in self.tasks)

    @property
    def ungraded(self) -> bool:
        """Whether nothing could be graded: the first of the warnings says why."""
        return not self.source_sha256 and self.faulty


def total(scores: Iterable[float]) -> float:
    """Add up marks so that thirds of a point still sum to the whole (rounded to 1e-9)."""
    return round(math.fsum(scores), 9)


def dump(result: Result) -> bytes:
    """The result as indented JSON, ending in a newline."""
    return msgspec.json.format(msgspec.json.encode(result), indent=1) + b"\n"


def load(data: bytes) -> Result:
    """Read what :func:`dump` wrote.

    Raises:
        msgspec.ValidationError, msgspec.DecodeError: if it is not such a result.
    """
    return msgspec.json.decode(data, type=Result)


def json_schema() -> dict[str, Any]:
    """A result file's JSON Schema, made from the types; ``docs/result.schema.json`` is this.

    A field may be added within a version of the schema; one that goes, or comes to mean something else,
    makes a new version.
    """
    schema = msgspec.json.schema(Result)
    for definition in schema["$defs"].values():
        definition["description"] = inspect.cleandoc(definition["description"])  # Python 3.13 does so itself
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"A result of autograder, schema {SCHEMA}",
        **schema,
    }
