import pytest

from autograder.checks import Matches
from autograder.errors import UsageError
from autograder.nbgrader import marks
from autograder.nbgrader.feedback import html, text
from autograder.nbgrader.marks import _escaped, comments, is_of, marked
from autograder.nbgrader.released import Released
from autograder.results import CheckResult, Result, TaskResult, Verdict
from autograder.rubric import Rubric, Task


def check(verdict=Verdict.FAILED, score=0.0, visibility="visible", **more):
    words = {"name": "c", "title": "It is right.", "max_score": 2.0, **more}
    return CheckResult(verdict=verdict, score=score, visibility=visibility, **words)


def result(*checks, name="double"):
    task = TaskResult.of(name, "m", checks)
    earned = {"score": task.score, "max_score": task.max_score, "tasks": (task,)}
    return Result(submission="a", name="a", source_sha256="", rubric="r", rubric_sha256="", seed="", **earned)


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


# --- comments -----------------------------------------------------------------------------------

SOLUTION = Released("double-cell", "code", "def double(x):\n    return x\n", False, False, True, False, 0.0, None)
OTHER = Released("given", "code", "def helper(x):\n    return x\n", True, False, False, False, 0.0, None)


def rubric(*names):
    checks = [Matches("double", points=1, name=name, cases=lambda rng: []) for name in names]
    return Rubric("r", "lab", {"double": abs}, (Task("double", module="m", checks=checks),))


def said(*checks, cells=(SOLUTION, OTHER)):
    return comments(cells, result(*checks), rubric(*(check.name for check in checks)))


def test_what_was_found_in_a_cell_s_functions_is_said_beside_it():
    found = said(check(name="a", message="double: *wrong*.", hint="Look."), check(name="b", title="<b>"))
    assert found.keys() == {"double-cell"}
    first, second = found["double-cell"].splitlines()
    assert first.startswith("- **It is right.** ")
    assert first.endswith(r"double: \*wrong\*. *Hint:* Look.")
    assert second.startswith("- **&lt;b&gt;** ")


def test_nothing_is_said_of_what_is_right_not_written_or_our_fault():
    right, fault = check(Verdict.PASSED, 2.0, name="a"), check(Verdict.GRADER_FAULT, name="c")
    assert said(right, check(Verdict.NOT_ATTEMPTED, name="b"), fault) == {}
    assert said(check(name="a"), cells=(OTHER,)) == {}


def test_a_long_comment_says_how_much_more_there_is(monkeypatch):
    monkeypatch.setattr(marks, "MAX_COMMENT", 100)
    found = said(*(check(name=f"c{number}", message="It is wrong.") for number in range(9)))["double-cell"]
    assert found.count("It is wrong.") < 9
    assert found.endswith(f"- … and {9 - found.count('It is wrong.')} more; see the table below.\n")


def test_a_notebook_is_of_the_exercise_where_it_has_one_of_its_test_cells():
    assert is_of([SOLUTION, cell()], rubric("a"))
    assert not is_of([SOLUTION, cell(source='check("another")')], rubric("a"))
