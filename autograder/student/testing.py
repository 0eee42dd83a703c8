"""The visible checks as tests: one a check, which fails with the check's own words.

The exercise comes with a test file of a few lines::

    from autograder.student.testing import checks_as_tests

    test_check = checks_as_tests(__file__)
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path

import pytest

from ..grading.public import PublicChecks, load_public
from ..reports.check_console import why
from ..reports.checked import Checked, is_open, is_right
from ..results import CheckResult
from ..sandbox.unlocked import UnlockedSandbox
from ..submission import single
from .checking import check_source, checks_file

__all__ = ["checks_as_tests"]

LOADING = "everything can be loaded"


def checks_as_tests(file: str) -> Callable[..., None]:
    """A test function with a parameter for each visible check; what isn't written yet is skipped.

    Args:
        file: the test file's ``__file__``; the student's work lies beside it.
    """
    folder = Path(file).parent
    public = load_public(checks_file(folder))
    outcome = _Outcomes(folder, public)
    names = [f"{task.name}/{check.name}" for task in public.tasks for check, _ in task.checks]

    @pytest.mark.parametrize("name", [LOADING, *names])
    def test_check(name: str) -> None:
        outcome.demand(name)

    return test_check


class _Outcomes:
    """All checks' outcomes; they are run when the first is asked for."""

    def __init__(self, folder: Path, public: PublicChecks) -> None:
        self._folder = folder
        self._public = public

    def demand(self, name: str) -> None:
        """Fail or skip unless the check of this name is right."""
        if name == LOADING:
            if self._checked.broken:
                pytest.fail("\n".join(self._checked.broken), pytrace=False)
            return
        check = self._by_name[name]
        words = "\n".join(line for line in [check.title, *why(check)] if line)
        if is_open(check) and name not in self._slips:
            pytest.skip(check.message)
        if not is_right(check):
            pytest.fail(words, pytrace=False)

    @functools.cached_property
    def _checked(self) -> Checked:
        with UnlockedSandbox() as sandbox:
            return check_source(single(self._folder).read(), self._public, sandbox)

    @functools.cached_property
    def _by_name(self) -> dict[str, CheckResult]:
        return {f"{task.name}/{check.name}": check for task in self._checked.result.tasks for check in task.checks}

    @functools.cached_property
    def _slips(self) -> frozenset[str]:
        return frozenset(f"{task.name}/{check.name}" for task, check in self._checked.slips)
