"""What a course's ``nbgrader_config.py`` calls."""

from __future__ import annotations

import os
from typing import Any

from ..errors import UsageError
from ..grading.rubrics import DEFAULT
from ..release.notebook import ANSWER
from ..release.source import STUB
from ..student.graded import KEY_FOLDER, RUBRIC

__all__ = ["RESULTS", "configure"]

RESULTS = "graded"
"""The results' folder in a course: what ``autograder grade`` run there writes to by itself."""

OURS = "autograder.nbgrader.preprocessors"
THEIRS = "nbgrader.preprocessors"

SANITIZE = [
    f"{THEIRS}.ClearOutput",
    f"{OURS}.RestoreCells",
    f"{THEIRS}.DeduplicateIds",
    f"{THEIRS}.OverwriteKernelspec",
    f"{THEIRS}.OverwriteCells",
    f"{THEIRS}.CheckCellMetadata",
]

AUTOGRADE = [
    f"{OURS}.GradeInSandbox",
    f"{THEIRS}.IgnorePattern",
    "nbconvert.preprocessors.ClearMetadataPreprocessor",
    f"{THEIRS}.LimitOutput",
    f"{THEIRS}.SaveAutoGrades",
    f"{OURS}.SaveComments",
    f"{THEIRS}.AssignLatePenalties",
    f"{THEIRS}.CheckCellMetadata",
]

KERNEL_SECONDS = 300


def configure(c: Any, *, sandbox: bool = True, rubric: str = DEFAULT, results: str = RESULTS) -> None:
    """Set nbgrader up for an exercise; to be called in ``nbgrader_config.py``.

    Args:
        c: nbgrader's configuration, as ``get_config()`` gives it.
        sandbox: grade in the sandbox.  Without, nbgrader runs the notebooks in its own kernel, as the
            person who calls it, and the cells' own ``check(...)`` does the grading.
        rubric: the marking scheme, as ``autograder grade --rubric`` takes it.
        results: the folder that ``autograder grade --out`` wrote to, relative to the course's.  Results in
            it that still hold are used; others are made and kept there.

    Raises:
        UsageError: nbgrader is missing.
    """
    try:
        from nbgrader.preprocessors import ClearSolutions
    except ImportError:
        raise UsageError("nbgrader is needed here; install it (pip install 'numerical-autograder[nbgrader]')") from None
    c.ClearSolutions.code_stub = {**ClearSolutions().code_stub, "python": STUB}
    c.ClearSolutions.text_stub = ANSWER
    c.Autograde.exporter_class = "autograder.nbgrader.exporter.SubmittedExporter"
    c.Autograde.sanitize_preprocessors = list(SANITIZE)
    if sandbox:
        c.Autograde.autograde_preprocessors = list(AUTOGRADE)
        c.GradeInSandbox.rubric = rubric
        c.GradeInSandbox.results = results
    else:
        c.Execute.timeout = KERNEL_SECONDS
        os.environ[RUBRIC], os.environ[KEY_FOLDER] = rubric, results
