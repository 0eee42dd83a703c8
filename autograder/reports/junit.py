"""Results as JUnit's XML, which continuous integration shows: a suite a submission, a case a check."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..errors import UsageError
from ..results import CheckResult, Result, Verdict
from ..text import plain
from .checked import is_open, is_right
from .summary import marks
from .told import check_text, late_text

__all__ = ["junit_xml"]


def junit_xml(results: Sequence[Result]) -> bytes:
    """The results as XML.

    What a student got wrong is a failure; an error is our own, and only that.  What wasn't attempted is
    skipped.  Marks are properties of the suite and of each case.

    Args:
        results: of a class, the faulty ones among them.

    Raises:
        UsageError: junitparser is missing.
    """
    try:
        import junitparser
    except ModuleNotFoundError:
        raise UsageError(
            "JUnit's format needs junitparser; install it: pip install 'numerical-autograder[report]'"
        ) from None
    whole: Any = junitparser.JUnitXml("autograder")
    for result in results:
        suite = junitparser.TestSuite(plain(result.submission))
        suite.add_property("max_score", marks(result.max_score))
        if not result.faulty:
            suite.add_property("score", marks(result.score))
            suite.add_property("final", marks(result.final))
            if result.late is not None:
                suite.add_property("late", late_text(result))
        for task in result.tasks:
            for check in task.checks:
                suite.add_testcase(_case(junitparser, result, task.name, check))
        whole.add_testsuite(suite)
    whole.update_statistics()
    xml: bytes = whole.tostring()
    return xml if xml.endswith(b"\n") else xml + b"\n"


def _case(junitparser: Any, result: Result, task: str, check: CheckResult) -> Any:
    label = f"{plain(check.title or check.name)} ({marks(check.score)} of {marks(check.max_score)})"
    case = junitparser.TestCase(label, f"{plain(result.rubric)}.{plain(task)}")
    verdict, _, text = check_text(check).partition("\n")
    if check.verdict is Verdict.GRADER_FAULT:
        kind = junitparser.Error
    elif is_open(check):
        kind = junitparser.Skipped
    elif not is_right(check):
        kind = junitparser.Failure
    else:
        return case
    outcome = kind(plain(check.message) or verdict, str(check.verdict))
    if text:
        outcome.text = text
    case.result = [outcome]
    return case
