import json

import pytest

from autograder.errors import RubricError
from autograder.release.notebook import blocks, notebook

nbformat = pytest.importorskip("nbformat")


def cells(exercise, **options):
    return nbformat.reads(notebook(exercise, **options), as_version=4).cells


def by_id(exercise, **options):
    return {cell.id: cell for cell in cells(exercise, **options)}


def test_the_cells_are_the_storys_in_order(course):
    assert [cell.id for cell in cells(course)] == [
        "markdown-1", "imports", "RATE", "tone_forward", "tone_backward", "check-tone", "markdown-2", "markdown-3",
        "code-1", "pitches", "loudness", "noise", "check-loudness", "check-noise", "question-why", "why",
    ]  # fmt: skip


def test_text_keeps_its_own_fences_and_formulas(course):
    text = by_id(course)["markdown-1"].source
    assert text == "# Sounds\n\nA tone, $\\sin x$:\n\n```python\nnot_a_cell = 1\n```"


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("tone_forward", "code", {"solution": True, "grade": False, "locked": False}),
        ("check-tone", "code", {"solution": False, "grade": True, "locked": True, "points": 5.0}),
        ("RATE", "code", {"solution": False, "grade": False, "locked": True}),
        ("imports", "code", {"solution": False, "grade": False, "locked": True}),
        ("question-why", "markdown", {"solution": False, "grade": False, "locked": True}),
        ("why", "markdown", {"solution": True, "grade": True, "locked": False, "points": 2.5}),
    ],
)
def test_cells_have_nbgraders_metadata(course, name, kind, expected):
    cell = by_id(course)[name]
    metadata = dict(cell.metadata.nbgrader)
    assert len(metadata.pop("checksum")) == 32
    assert metadata == {"schema_version": 3, "task": False, "grade_id": name, "cell_type": kind, **expected}
    assert cell.cell_type == kind
    assert cell.metadata.deletable is False
    assert cell.metadata.get("editable", True) is not expected["locked"]


@pytest.mark.parametrize("name", ["markdown-1", "code-1"])
def test_text_and_experiments_are_free(course, name):
    assert by_id(course)[name].metadata == {}


def test_a_solution_cell_is_the_stub(course):
    source = by_id(course)["tone_backward"].source
    assert source == 'def tone_backward(dout, cache):\n    """Its gradient."""\n    raise NotImplementedError'
    assert "_phase" not in notebook(course)


def test_a_check_is_a_call(course):
    assert by_id(course)["check-loudness"].source == 'check("loudness")'


def test_filled_in_it_runs_in_one_namespace(course):
    checked = []
    space = {"check": checked.append}
    for cell in cells(course, filled=True):
        if cell.cell_type == "code":
            exec(cell.source, space)
    assert checked == ["tone", "loudness", "noise"]
    assert space["tone_forward"](0.0, 1.0) == (0.0, (0.0, 1.0))


def test_it_is_the_same_every_time_and_valid(course):
    text = notebook(course)
    assert text == notebook(course)
    nbformat.validate(json.loads(text))
    assert text.endswith("}\n")


def test_nbgrader_itself_would_leave_it_so(course):
    pytest.importorskip("nbgrader")
    from nbgrader.preprocessors import CheckCellMetadata, ComputeChecksums, LockCells

    released = nbformat.reads(notebook(course), as_version=4)
    processed = nbformat.from_dict(json.loads(json.dumps(released)))
    for preprocessor in (LockCells(), ComputeChecksums(), CheckCellMetadata()):
        processed, _ = preprocessor.preprocess(processed, {})
    assert processed == released


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("```{check} noise\n```", ""), r"no \{check\} has noise"),
        (("{check} noise", "{check} silence"), "line 34: silence is no task"),
        (("{check} noise", "{check} tone"), "tone is no task of the rubric that is still to be checked"),
        (("pitches loudness noise", "loudness noise"), r"no \{function\} has pitches"),
        (("pitches loudness", "pitches tone_forward loudness"), "line 29: tone_forward is no part"),
        (("{code} imports", "{code} why"), "two cells are named 'why'"),
        (("{code} imports", "{code} a/b"), "'a/b' can't be a cell's name"),
        (("{code} imports", "{code} two names"), "takes one name at most"),
        (("{written} why 2.5", "{written} why"), r"\{written\} takes a name and points"),
        (("{written} why 2.5", "{written} why many"), r"\{written\} takes a name and points"),
        (("{written} why 2.5", "{quiz} why"), "no directive {quiz}"),
        (("{function} RATE", "{function}\nRATE"), r"\{function\} takes names"),
        (("Why *sine*?\n```", "Why *sine*?"), "a fence is opened and not closed"),
    ],
)
def test_a_mistake_in_a_story_is_refused_with_its_place(make_course, files, change, says):
    exercise = make_course({"notebook/story.md": files["notebook/story.md"].replace(*change)})
    with pytest.raises(RubricError, match=says) as caught:
        notebook(exercise)
    assert "story.md" in str(caught.value)


def test_an_ordinary_fence_may_hold_what_looks_like_a_directive():
    (text,) = blocks("````\n```{check} tone\n```\n````\n")
    assert (text.directive, text.line) == ("", 1)


def test_blocks_know_their_lines():
    found = [
        (block.directive, block.line) for block in blocks("\nA\n\n+++\nB\n```{code}\nx\n```\n\n```{check} a\n```\n")
    ]
    assert found == [("", 1), ("", 5), ("code", 6), ("check", 10)]


def test_without_nbformat_it_says_what_to_install(course, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "nbformat", None)
    with pytest.raises(Exception, match=r"pip install 'numerical-autograder\[release\]'"):
        notebook(course)
