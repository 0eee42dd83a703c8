"""The preprocessors that nbgrader is given; see :mod:`autograder.nbgrader`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import nbformat
from nbgrader import utils
from nbgrader.api import Gradebook
from nbgrader.preprocessors import Execute, NbGraderPreprocessor
from traitlets import Bool, List, Unicode

from ..errors import AutograderError, UsageError
from ..grading import rubrics, seeds
from ..grading.many import Job, due, grade_source
from ..grading.store import Store, stamp
from ..results import Result, load
from ..sandbox.cores import to_spare
from ..submission.nbgrader import one
from ..text import plain
from .config import RESULTS
from .feedback import findings_text, html, text
from .marks import Marked, comments, is_of, marked
from .reading import NOTE
from .released import Released, released_cells
from .restore import restore

__all__ = ["GradeInSandbox", "RestoreCells", "SaveComments"]

MARKS = "autograder"
"""The key of the resources under which one preprocessor hands the marks to the next."""

USUAL = "(experiments, plots) were not run"
"""How the sentence ends that every notebook gets: the story has pictures of its own."""

MAX_ID = 64
"""Characters of a cell's id in nbformat 4.5; nbgrader's names have the same alphabet."""

Pair = tuple[Any, Any]


class RestoreCells(NbGraderPreprocessor):
    """Puts back cells and metadata that a submitted notebook has lost (:mod:`.restore`)."""

    def preprocess(self, nb: Any, resources: Any) -> Pair:
        """Mend the notebook; what was found goes with it."""
        findings = [*nb.metadata.get(NOTE, []), *_mend(nb, _released(self, resources))]
        for finding in findings:
            self.log.warning("%s: %s", plain(resources["nbgrader"]["student"]), plain(finding, 500))
        nb.metadata[NOTE] = findings
        return nb, resources


class GradeInSandbox(NbGraderPreprocessor):
    """Takes the place of ``Execute``: grades what was submitted, and starts no kernel."""

    rubric = Unicode(rubrics.DEFAULT, help="The marking scheme: a module's name, or a .py file.").tag(config=True)
    results = Unicode(
        RESULTS, help="The folder of `autograder grade --out`, relative to the course: results there are used and kept."
    ).tag(config=True)
    without = List(Unicode(), help="Go on without these locks, where the machine lacks them.").tag(config=True)
    execute_others = Bool(
        False, help="Run notebooks that are not the exercise's in nbgrader's own kernel, as the person who calls it."
    ).tag(config=True)

    def preprocess(self, nb: Any, resources: Any) -> Pair:
        """Give each test cell its marks and what there is to say.

        Raises:
            UsageError: this is no notebook of the exercise, or the gradebook doesn't fit the marking scheme.
            GraderFault: the grader itself failed; nbgrader then records nothing for this submission.
        """
        loaded = rubrics.load(self.rubric)
        released = _released(self, resources)
        if not is_of(released, loaded.rubric):
            if not self.execute_others:
                raise UsageError(
                    f"{resources['nbgrader']['notebook']}.ipynb: it has no check(…) of {self.rubric}, and was not run; "
                    "to run such notebooks in nbgrader's kernel, as you: c.GradeInSandbox.execute_others = True"
                )
            nb, resources = Execute(parent=self.parent).preprocess(nb, resources)
            return nb, resources
        try:
            result = self._result(resources, loaded)
            scores = marked(released, result)
        except AutograderError as error:
            self.log.error("%s: %s", plain(resources["nbgrader"]["student"]), error)
            raise
        findings = [*nb.metadata.get(NOTE, []), *_mend(nb, released)]
        _write_down(nb, scores)
        findings = [each for each in dict.fromkeys([*findings, *result.warnings]) if not each.endswith(USUAL)]
        if findings:
            nb.cells.insert(0, _cell("markdown", findings_text(findings), "found-while-grading"))
        resources[MARKS] = (scores, comments(released, result, loaded.rubric))
        return nb, resources

    def _result(self, resources: Any, loaded: rubrics.LoadedRubric) -> Result:
        """An earlier result that still holds, or a new one, which is kept."""
        about = resources["nbgrader"]
        course = self.parent.parent.coursedir
        folder = Path(course.format_path(course.submitted_directory, about["student"], about["assignment"]))
        submitted = one(about["student"], folder / f"{about['notebook']}.ipynb")
        store = Store(Path(course.root) / self.results)
        key = seeds.course_key(os.environ.get("AUTOGRADER_SEED"), store.out)
        job = Job(self.rubric, key, without=frozenset(self.without), spare=to_spare(1))
        source = submitted.read()
        earlier = _earlier(store, submitted.identifier)
        if earlier is not None and not earlier.faulty and stamp(earlier) == due(source, job, loaded):
            return earlier
        result = msgspec.structs.replace(load(grade_source(job, source)), handed_in=submitted.handed_in)
        store.write(result)
        return result


class SaveComments(NbGraderPreprocessor):
    """Comments on solutions, and tests that a person must mark; to stand after nbgrader's ``SaveAutoGrades``."""

    def preprocess(self, nb: Any, resources: Any) -> Pair:
        """Write into the gradebook; where nothing was graded there is nothing to write."""
        if MARKS in resources:
            scores, said = resources[MARKS]
            about = resources["nbgrader"]
            where = (about["notebook"], about["assignment"], about["student"])
            with Gradebook(about["db_url"]) as gradebook:
                for name, each in scores.items():
                    if each.score is None:
                        grade = gradebook.find_grade(name, *where)
                        grade.auto_score, grade.needs_manual_grade = None, True
                for name, comment in said.items():
                    gradebook.find_comment(name, *where).auto_comment = comment
                gradebook.db.commit()
        return nb, resources


def _released(preprocessor: Any, resources: Any) -> tuple[Released, ...]:
    about = resources["nbgrader"]
    course = preprocessor.parent.parent.coursedir
    order = Path(course.format_path(course.release_directory, ".", about["assignment"])) / f"{about['notebook']}.ipynb"
    with Gradebook(about["db_url"], course.course_id) as gradebook:
        return released_cells(gradebook.find_notebook(about["notebook"], about["assignment"]), order)


def _mend(nb: Any, released: Sequence[Released]) -> tuple[str, ...]:
    """Restore a notebook's cells; what was found."""
    cells = [
        {
            "cell_type": cell.cell_type,
            "source": cell.source,
            "nbgrader": dict(cell.metadata.get("nbgrader", {})),
            "attachments": cell.get("attachments"),
        }
        for cell in nb.cells
    ]
    restored = restore(cells, released)
    nb.cells = [
        _cell(cell["cell_type"], cell["source"], f"student-{number}", role, cell.get("attachments"))
        for number, (cell, role) in enumerate(restored.cells)
    ]
    nb.nbformat, nb.nbformat_minor = 4, 5
    return restored.findings


def _cell(kind: str, source: str, name: str, role: Released | None = None, attachments: Any = None) -> Any:
    metadata: dict[str, Any] = {}
    if role is not None:
        name = role.name if len(role.name) <= MAX_ID else name
        metadata = {"deletable": False, **({"editable": False} if role.locked else {}), "nbgrader": role.metadata}
    cell: dict[str, Any] = {"id": name, "cell_type": kind, "metadata": metadata, "source": source}
    if kind == "code":
        cell |= {"execution_count": None, "outputs": []}
    elif attachments:
        cell["attachments"] = attachments
    return nbformat.from_dict(cell)  # type: ignore[no-untyped-call]


def _write_down(nb: Any, scores: dict[str, Marked]) -> None:
    for cell in nb.cells:
        each = scores.get(cell.metadata.get("nbgrader", {}).get("grade_id"))
        if each is not None:
            cell.outputs = [nbformat.from_dict(output) for output in _outputs(each)]  # type: ignore[no-untyped-call]
            _see_that_it_is_read_rightly(cell, each)


def _outputs(each: Marked) -> list[dict[str, Any]]:
    """What is shown, and then the marks in the one form that nbgrader reads rightly: a plain float as the result."""
    said = {"text/plain": text(each), "text/html": html(each)}
    shown = {"output_type": "display_data", "data": said, "metadata": {}}
    if each.score is None:
        # Zero for a moment: SaveComments takes it back, and if anything comes between, nobody has marks for nothing.
        failure = {"output_type": "error", "ename": "NotMarked", "evalue": each.reason, "traceback": [each.reason]}
        return [shown, failure]
    result = {"text/plain": repr(float(each.score))}
    return [shown, {"output_type": "execute_result", "data": result, "metadata": {}, "execution_count": None}]


def _see_that_it_is_read_rightly(cell: Any, each: Marked) -> None:
    """Ask nbgrader itself; a version that doesn't take 0.0 for zero gets the error that it wants."""
    if each.score is None:
        return
    if utils.determine_grade(cell)[0] != each.score and each.score == 0:
        nothing = {"output_type": "error", "ename": "Zero", "evalue": "", "traceback": ["No marks were earned here."]}
        cell.outputs[1] = nbformat.from_dict(nothing)  # type: ignore[no-untyped-call]
    if utils.determine_grade(cell)[0] != each.score:
        raise UsageError(
            f"{each.cell.name}: this version of nbgrader doesn't read {each.score!r} as the marks; nothing was recorded"
        )


def _earlier(store: Store, identifier: str) -> Result | None:
    try:
        return store.read(identifier)
    except UsageError:  # not a result: it is made anew
        return None
