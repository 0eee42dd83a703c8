"""What submissions earn, from the reference to the cheapest trick."""

import pytest
from submissions import overlay

from autograder.results import Verdict


def lost(result):
    """The tasks that lost marks."""
    return {task.name for task in result.tasks if task.score < task.max_score}


def why(result):
    """The checks that lost marks, for a failing test's eyes."""
    return [
        f"{task.name}/{check.name}: {check.verdict} {check.message}"
        for task in result.tasks
        for check in task.checks
        if check.score < check.max_score
    ]


@pytest.fixture
def graded(grade, write):
    return lambda slug, **options: grade(write(overlay.sources(slug), slug.replace("/", "-")), **options)


@pytest.fixture
def reference(root):
    folder = root / "solutions" / "reference"
    return {f"nn/{module}.py": (folder / f"{module}.py").read_bytes() for module in overlay.MODULES}


@pytest.fixture
def stubs(reference):
    """The reference with the solutions taken out, as students get it."""
    return {path: without_solutions(source.decode()) for path, source in reference.items()}


def without_solutions(source):
    lines, inside = [], False
    for line in source.splitlines():
        if line.strip() == "### BEGIN SOLUTION":
            inside = True
            if line[0] == " ":
                lines.append(line.replace("### BEGIN SOLUTION", "raise NotImplementedError"))
        elif line.strip() == "### END SOLUTION":
            inside = False
        elif not inside:
            lines.append(line)
    return "\n".join(lines) + "\n"


def test_the_reference_gets_full_marks(grade, write, reference):
    result = grade(write(reference))
    assert (result.score, result.max_score) == (100, 100), why(result)
    assert result.warnings == ()
    assert set(result.sandbox) == {"landlock", "seccomp", "rlimits"}


def test_untouched_stubs_get_nothing_and_are_not_attempted(grade, write, stubs):
    result = grade(write(stubs))
    assert result.score == 0
    assert {check.verdict for task in result.tasks for check in task.checks} == {Verdict.NOT_ATTEMPTED}


@pytest.mark.parametrize("slug", overlay.RIGHT)
def test_a_right_implementation_however_written_loses_nothing(graded, slug):
    result = graded(slug)
    assert result.score == 100, why(result)


@pytest.mark.parametrize("slug", overlay.WRONG)
def test_a_mistake_loses_marks_where_it_is_and_nowhere_else(graded, slug):
    wrong = overlay.WRONG[slug]
    found = lost(graded(slug))
    assert set(wrong.tasks) <= found
    assert found <= {*wrong.tasks, *wrong.builds_on}


@pytest.mark.parametrize("slug", overlay.CHEAP)
def test_what_was_cheap_to_have_earns_nothing_but_what_is_honestly_right(graded, slug):
    result = graded(slug)
    earned = {task.name: task.score for task in result.tasks if task.score}
    assert earned.keys() <= set(overlay.CHEAP[slug]), earned


@pytest.mark.parametrize("slug", overlay.STUBS)
def test_what_was_never_written_earns_nothing_and_says_so_plainly(graded, slug):
    result = graded(slug)
    assert {task.name for task in result.tasks if task.score} <= {"zero_init"}
    assert not result.faulty
    for task in result.tasks:
        for check in task.checks:
            assert check.score or check.message


def test_a_notebook_and_modules_with_the_same_code_get_the_same_result(grade, tmp_path, write, reference):
    nbformat = pytest.importorskip("nbformat")
    notebook = nbformat.v4.new_notebook()
    for module in overlay.MODULES:
        source = reference[f"nn/{module}.py"].decode()
        notebook.cells.append(nbformat.v4.new_code_cell(source))
    path = tmp_path / "student.ipynb"
    nbformat.write(notebook, path)
    # The same name gives the same hidden cases.
    (tmp_path / "other").mkdir()
    same = path.rename(tmp_path / "other" / "student.ipynb")
    modules, cells = grade(write(reference)), grade(same)
    assert cells.score == modules.score == 100, why(cells)
    assert [[c.verdict for c in t.checks] for t in cells.tasks] == [
        [c.verdict for c in t.checks] for t in modules.tasks
    ]


@pytest.mark.parametrize("damage", ["a missing module", "a syntax error", "an error on import", "a hang on import"])
def test_a_broken_module_costs_its_own_marks_and_what_builds_on_it(grade, write, reference, damage):
    broken = dict(reference)
    path = "nn/preprocessing.py"
    if damage == "a missing module":
        del broken[path]
    elif damage == "a syntax error":
        broken[path] = b"def subtract_mean_image(train, test:\n    return\n"
    elif damage == "an error on import":
        broken[path] = b"raise RuntimeError('on import')\n"
    else:
        broken[path] = b"while True: pass\n"
    result = grade(write(broken))
    assert lost(result) == {"subtract_mean_image", "subtract_channel_mean"}, why(result)
    assert result.score == 96
    assert any("preprocessing" in warning for warning in result.warnings)


def test_nothing_at_all_gets_zero(grade, tmp_path):
    (tmp_path / "student").mkdir()
    (tmp_path / "student" / "nn").mkdir()
    result = grade(tmp_path / "student")
    assert result.score == 0
    assert {check.verdict for task in result.tasks for check in task.checks} == {Verdict.NOT_ATTEMPTED}


@pytest.mark.parametrize("seed", range(5))
def test_full_marks_do_not_hang_on_the_seed(grade, write, reference, seed):
    result = grade(write(reference), seed=f"seed {seed}")
    assert result.score == 100, why(result)
