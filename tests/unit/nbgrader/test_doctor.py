"""What `autograder doctor --nbgrader` says of a course that nobody has handed in to."""

from pathlib import Path

import pytest

pytest.importorskip("nbgrader")

from autograder.errors import UsageError
from autograder.grading import rubrics
from autograder.nbgrader import doctor
from autograder.nbgrader.doctor import examine
from autograder.nbgrader.record import record
from autograder.release.exercise import Exercise

TINY = Path(__file__).parents[2] / "end_to_end" / "tiny_rubric.py"


@pytest.mark.parametrize("results", ["graded", "marks"])
def test_a_course_s_key_that_others_can_read_is_found_wherever_results_are_kept(tmp_path, results):
    tmp_path.chmod(0o755)
    config = tmp_path / "nbgrader_config.py"
    config.write_text(f"c = get_config()\nc.GradeInSandbox.results = {results!r}\n" if results != "graded" else "")
    seed = tmp_path / results / "seed"
    seed.parent.mkdir()
    seed.write_text("key")
    for mode, found in ((0o644, [f"{results}/seed"]), (0o600, [])):
        seed.chmod(mode)
        troubles = examine(tmp_path, Exercise(rubrics.load(str(TINY))))
        assert [each.where for each in troubles if "can read it" in each.what and "seed" in each.where] == found


def test_where_there_is_no_gradebook_yet_none_is_made(tmp_path):
    (tmp_path / "nbgrader_config.py").write_text("")
    troubles = examine(tmp_path, Exercise(rubrics.load(str(TINY))))
    (trouble,) = [each for each in troubles if "no assignment" in each.what]
    assert "nbgrader generate_assignment" in trouble.remedy
    with pytest.raises(UsageError, match="run nbgrader generate_assignment"):
        record(tmp_path, [], rubrics.load(str(TINY)).rubric)
    assert [path.name for path in tmp_path.iterdir()] == ["nbgrader_config.py"]


@pytest.mark.parametrize("content", ["", "<!doctype html><title>Log in</title>", '{"cells": []}', '{"cells": [1]}'])
def test_a_file_that_holds_no_notebook_is_to_be_asked_for_again(tmp_path, content):
    (tmp_path / "exercise.ipynb").write_text(content)
    course = doctor._Course(tmp_path, None, None, Exercise(rubrics.load(str(TINY))))
    (trouble,) = doctor._submission(course, tmp_path, "exercise", ())
    assert (trouble.where, trouble.remedy) == ("exercise.ipynb", "ask for it again")
    assert trouble.what in (
        "the file holds no notebook",
        "the file is broken or cut short; its 0 whole cells were read",
    )
