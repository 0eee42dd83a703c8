import pytest

from autograder.errors import UsageError
from autograder.nbgrader.feedback import html, text
from autograder.nbgrader.marks import _escaped, marked
from autograder.nbgrader.released import Released
from autograder.results import CheckResult, Result, TaskResult, Verdict


def check(verdict=Verdict.FAILED, score=0.0, visibility="visible", **more):
    words = {"name": "c", "title": "It is right.", "max_score": 2.0, **more}
    return CheckResult(verdict=verdict, score=score, visibility=visibility, **words)


def result(*checks, name="double"):
    task = TaskResult.of(name, "m", checks)
    marks = {"score": task.score, "max_score": task.max_score, "tasks": (task,)}
    return Result(submission="a", name="a", source_sha256="", rubric="r", rubric_sha256="", seed="", **marks)


def cell(points=2.0, source='check("double")'):
    return Released("check-double", "code", source, True, True, False, False, points, None)


def test_a_cell_gets_its_tasks_marks():
    assert marked([cell()], result(check(score=1.5)))["check-double"].score == 1.5


def test_a_grader_fault_is_a_persons_to_mark_and_no_zero():
    found = marked([cell()], result(check(Verdict.GRADER_FAULT)))["check-double"]
    assert found.score is None
    assert "not your code" in text(found)


def test_a_test_of_the_instructors_own_is_a_persons_to_mark():
    own = Released("own", "code", "assert double(1) == 2", True, True, False, False, 1.0, None)
    assert marked([cell(), own], result(check()))["own"].score is None


@pytest.mark.parametrize("cells", [[cell(points=3.0)], []])
def test_a_gradebook_that_does_not_fit_records_nothing(cells):
    with pytest.raises(UsageError, match="release the assignment again"):
        marked(cells, result(check()))


def test_hidden_details_are_not_shown_and_strangers_text_is_text():
    said = {"message": "<script>alert(1)</script>", "details": {"secret": 0.123456789}}
    found = marked([cell()], result(check(visibility="hidden", **said)))["check-double"]
    assert "<script>" not in html(found)
    assert "0.1234" not in html(found) + text(found)


def test_markdown_shows_text_as_it_is():
    assert _escaped("a <b> *c* [d](e) x_y _z_ `f`") == r"a &lt;b&gt; \*c\* \[d\](e) x_y \_z\_ \`f\`"
