from autograder.nbgrader.released import Released, defined, tasks_of
from autograder.nbgrader.restore import restore


def released(name, source, *, kind="code", locked=False, graded=False, solution=False):
    return Released(name, kind, source, locked, graded, solution, False, 2.0 if graded else 0.0, "0" * 32)


SCHEME = (
    released("imports", "import numpy as np", locked=True),
    released("double", "def double(x):\n    raise NotImplementedError", solution=True),
    released("check-double", 'check("double")', locked=True, graded=True),
    released("question", "Why?", kind="markdown", locked=True),
    released("why", "*Your answer:*", kind="markdown", graded=True, solution=True),
)


def cell(source, name="", kind="code"):
    return {"cell_type": kind, "source": source, "nbgrader": {"grade_id": name} if name else {}}


WHOLE = [cell(each.source, each.name, each.cell_type) for each in SCHEME]


def names(restored):
    return [role.name if role else None for _, role in restored.cells]


def source_of(restored, name):
    (found,) = [each["source"] for each, role in restored.cells if role and role.name == name]
    return found


def test_a_whole_notebook_stays_as_it_is():
    restored = restore(WHOLE, SCHEME)
    assert restored.findings == ()
    assert [each["source"] for each, _ in restored.cells] == [each["source"] for each in WHOLE]


def test_what_is_missing_is_put_back_in_its_place_and_no_stub_shadows_what_was_written():
    restored = restore([cell("def double(x):\n    return 2 * x")], SCHEME)
    assert names(restored) == ["imports", "double", "check-double", "question", "why"]
    assert source_of(restored, "double") == "def double(x):\n    return 2 * x"
    assert "put back" in restored.findings[-1]
    assert "raise" not in source_of(restore([], SCHEME), "double")


def test_cells_without_metadata_are_found_by_what_is_in_them():
    bare = [cell(each["source"], kind=each["cell_type"]) for each in WHOLE]
    bare[-1]["source"] = "Because."
    restored = restore(bare, SCHEME)
    assert names(restored) == [each.name for each in SCHEME]
    assert source_of(restored, "why") == "Because."
    assert len(restored.findings) == 1


def test_of_copies_the_last_that_somebody_wrote_in_counts():
    first, last, stub = "def double(x):\n    return x", "def double(x):\n    return 2 * x", SCHEME[1].source
    restored = restore(
        [*WHOLE[:1], cell(first, "double"), cell(last, "double"), cell(stub, "double"), *WHOLE[2:]], SCHEME
    )
    assert source_of(restored, "double") == last
    assert "more than once" in restored.findings[0]


def test_a_test_above_its_code_is_moved_below_it():
    restored = restore([WHOLE[0], WHOLE[2], cell("def double(x):\n    return 2 * x", "double"), *WHOLE[3:]], SCHEME)
    assert names(restored) == ["imports", "double", "check-double", "question", "why"]
    assert "moved below" in restored.findings[0]


def test_types_are_made_what_they_were():
    restored = restore([*WHOLE[:1], cell("def double(x): pass", "double", "markdown"), *WHOLE[2:]], SCHEME)
    assert restored.cells[1][0]["cell_type"] == "code"


def test_a_test_cells_tasks_and_a_stubs_functions():
    assert tasks_of('check("a", "b")') == ("a", "b")
    assert tasks_of("assert check") == ()
    assert tasks_of("no python (") == ()
    assert defined("def f(x):\n    pass\n\n\nclass G: pass") == {"f", "G"}
