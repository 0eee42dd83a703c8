"""A submission in one line: marks by module, and what went wrong in a few words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ..results import CheckResult, Result, TaskResult, Verdict, total
from ..text import plain

__all__ = ["Summary", "always_faulty", "failed", "grave", "marks", "summarize", "why"]

WORDS = {
    Verdict.NOT_ATTEMPTED: "not attempted",
    Verdict.SKIPPED: "waits for another task",
    Verdict.CRASHED: "crashes",
    Verdict.TIMED_OUT: "timed out",
    Verdict.OUT_OF_MEMORY: "out of memory",
    Verdict.FORBIDDEN: "forbidden",
    Verdict.GRADER_FAULT: "GRADER FAULT",
    Verdict.FAILED: "wrong",
    Verdict.PARTIAL: "partly wrong",
}
URGENCY = [
    Verdict.GRADER_FAULT,
    Verdict.FORBIDDEN,
    Verdict.TIMED_OUT,
    Verdict.OUT_OF_MEMORY,
    Verdict.CRASHED,
    Verdict.FAILED,
    Verdict.PARTIAL,
    Verdict.NOT_ATTEMPTED,
    Verdict.SKIPPED,
]
"""Which verdict names a task that ended in several."""

ORDINARY = ("magics and shell commands were not run", "statements beside the definitions")
"""Warnings that nearly every notebook has, and nobody need look at."""


@dataclass(frozen=True)
class Summary:
    """What a table shows of one submission.

    Attributes:
        submission: its identifier.
        name: its own name, as it was handed in.
        score: marks earned; ``None`` where the grader failed and no mark may be used.
        max_score: marks to be had.
        modules: (earned, to be had) by module.
        note: what went wrong, in a few words.
        penalty: marks that handing in late costs; ``None`` where it wasn't late.
        final: the marks that count; ``None`` as for the score.
        faults: the checks in which the grader failed, as ``task/check``.
    """

    submission: str
    name: str
    score: float | None
    max_score: float | None
    modules: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    note: str = ""
    penalty: float | None = None
    final: float | None = None
    faults: tuple[str, ...] = ()


def summarize(result: Result) -> Summary:
    """A result in one line."""
    if result.ungraded:
        return failed(result.submission, result.name, next(iter(result.warnings), ""))
    modules: dict[str, tuple[float, float]] = {}
    for task in result.tasks:
        earned, due = modules.get(task.module, (0.0, 0.0))
        modules[task.module] = (total([earned, task.score]), total([due, task.max_score]))
    return Summary(
        submission=result.submission,
        name=result.name,
        score=None if result.faulty else result.score,
        max_score=result.max_score,
        modules=modules,
        note=_note(result),
        penalty=None if result.late is None or result.faulty else result.late.penalty,
        final=None if result.faulty else result.final,
        faults=tuple(f"{task.name}/{check.name}" for task, check in _faults(result)),
    )


def failed(submission: str, name: str, note: str) -> Summary:
    """A submission that the grader could not grade: it has no marks, and no zero either."""
    return Summary(submission, name, None, None, note=f"GRADER FAULT: {plain(note)}")


def always_faulty(faults: Iterable[Collection[str]]) -> str:
    """The first check in which the grader failed for every submission; empty if there is none.

    That is no accident, which another run would mend: the marking scheme or the reference is wrong.

    Args:
        faults: of each submission that has a result, those checks.
    """
    first, *others = [*faults] or [()]
    return next((check for check in first if all(check in other for other in others)), "")


def marks(score: float) -> str:
    """Marks as people write them: ``4``, ``3.5``, ``87.25``."""
    return f"{score:.2f}".rstrip("0").rstrip(".")


def _note(result: Result) -> str:
    lost = [task for task in result.tasks if task.score < task.max_score]
    if not lost:
        return ""
    verdicts = {task.name: _verdict(task) for task in lost}
    if not result.score and set(verdicts.values()) == {Verdict.NOT_ATTEMPTED} and len(lost) == len(result.tasks):
        warnings = grave(result)
        return "nothing attempted" + (f" ({plain(warnings[0], 80)})" if warnings else "")
    phrases = []
    for verdict in URGENCY:
        names = [name for name in verdicts if verdicts[name] is verdict]
        if names:
            shown = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
            phrases.append(f"{WORDS[verdict]}: {shown}{why(result) if verdict is Verdict.GRADER_FAULT else ''}")
    return "; ".join(phrases)


def grave(result: Result) -> list[str]:
    """The warnings that may be the reason for missing marks."""
    return [warning for warning in result.warnings if not any(words in warning for words in ORDINARY)]


def why(result: Result) -> str:
    """What first failed in the grader, which is often a mistake in the marking scheme that a person can mend."""
    errors = (str(check.details["error"]) for _, check in _faults(result) if "error" in check.details)
    return f" ({plain(error, 120)})" if (error := next(errors, "")) else ""


def _faults(result: Result) -> Iterator[tuple[TaskResult, CheckResult]]:
    for task in result.tasks:
        for check in task.checks:
            if check.verdict is Verdict.GRADER_FAULT:
                yield task, check


def _verdict(task: TaskResult) -> Verdict:
    """What names the task; where no check lost what the task did (a mark taken away by hand), partly wrong."""
    verdicts = {check.verdict for check in task.checks if check.score < check.max_score}
    return next((verdict for verdict in URGENCY if verdict in verdicts), Verdict.PARTIAL)
