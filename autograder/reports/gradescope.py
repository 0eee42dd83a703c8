"""A result as Gradescope reads it: ``results.json``."""

from __future__ import annotations

import enum
import html
import re
from typing import Any

import msgspec

from ..results import CheckResult, Result, Verdict
from ..text import plain
from .summary import marks
from .told import check_text, marks_text

__all__ = ["Format", "Visibility", "gradescope_fault", "gradescope_json"]


class Visibility(enum.StrEnum):
    """When students see a check, in Gradescope's words."""

    HIDDEN = "hidden"
    AFTER_DUE_DATE = "after_due_date"
    AFTER_PUBLISHED = "after_published"
    VISIBLE = "visible"


class Format(enum.StrEnum):
    """How a text is written, in Gradescope's words."""

    TEXT = "text"
    MD = "md"
    HTML = "html"


def gradescope_json(
    result: Result,
    *,
    hidden: Visibility = Visibility.AFTER_PUBLISHED,
    output_format: Format = Format.TEXT,
    score: float | None = None,
    note: str = "",
) -> str:
    """The result's ``results.json``: a test a check, numbered by task, and the marks that count on top.

    Args:
        result: of a submission.
        hidden: when students see hidden checks.  While one is ``hidden``, Gradescope shows them no total.
        output_format: how texts are written.
        score: the marks that count, where they are others than this result's (an earlier attempt's).
        note: a sentence to go with the marks.

    Raises:
        ValueError: for a result in which the grader failed; it has no marks.
    """
    if result.faulty:
        raise ValueError(f"{result.submission}: the grader failed, so there are no marks")
    lines = [marks_text(result), *([plain(note)] if note else []), *(plain(warning) for warning in result.warnings)]
    report = {
        "score": round(result.final if score is None else score, 4),
        "execution_time": max(1, round(result.timing.get("total", 0))),
        "output": _written("\n".join(lines), output_format),
        "output_format": output_format,
        "visibility": Visibility.VISIBLE,
        "stdout_visibility": Visibility.HIDDEN,
        "tests": [
            _test(f"{i}.{j}", task.name, check, hidden, output_format)
            for i, task in enumerate(result.tasks, 1)
            for j, check in enumerate(task.checks, 1)
        ],
        "extra_data": {
            "submission": result.submission,
            "work": result.score,
            "max_score": result.max_score,
            "late": None if result.late is None else msgspec.to_builtins(result.late),
            "rubric_sha256": result.rubric_sha256,
            "grader": result.grader,
        },
    }
    return msgspec.json.format(msgspec.json.encode(report), indent=1).decode() + "\n"


def gradescope_fault(message: str) -> str:
    """A ``results.json`` without a score, which Gradescope takes for the autograder's failure and not for a zero."""
    report = {
        "output": f"The grader itself failed, not your code; no marks were given. {plain(message, 1000)}",
        "output_format": Format.TEXT,
        "visibility": Visibility.VISIBLE,
        "stdout_visibility": Visibility.HIDDEN,
    }
    return msgspec.json.format(msgspec.json.encode(report), indent=1).decode() + "\n"


def _test(number: str, task: str, check: CheckResult, hidden: Visibility, output_format: Format) -> dict[str, Any]:
    return {
        "number": number,
        "name": f"{plain(task)}: {plain(check.title or check.name)}",
        "name_format": Format.TEXT,
        "score": round(check.score, 4),
        "max_score": round(check.max_score, 4),
        "status": "passed" if check.verdict is Verdict.PASSED else "failed",
        "output": _written(check_text(check), output_format),
        "output_format": output_format,
        "tags": [plain(task), check.visibility],
        "visibility": Visibility.VISIBLE if check.visibility == "visible" else hidden,
        "extra_data": {"verdict": check.verdict, "marks": marks(check.score)},
    }


def _written(text: str, output_format: Format) -> str:
    """A text so that what is in it is only text, whatever a student wrote."""
    if output_format is Format.HTML:
        return "<br>\n".join(html.escape(text).split("\n"))
    if output_format is Format.MD:
        return "  \n".join(re.sub(r"([\\`*_{}\[\]()<>#+!|~$&-])", r"\\\1", text).split("\n"))
    return text
