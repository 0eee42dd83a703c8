"""An exercise of one's own, and the one of another field that comes with the framework."""

import json
import shutil
import subprocess
import sys

import pytest

NAME = "cooling"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A new exercise, as the command makes it."""
    folder = tmp_path_factory.mktemp("new")
    command = [sys.executable, "-m", "autograder", "new", NAME, "--in", str(folder)]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    return folder / NAME


def graded(out):
    results = [json.loads(path.read_text(encoding="utf-8")) for path in (out / "results").glob("*.json")]
    return {result["submission"]: (result["score"], result["max_score"]) for result in results}


def test_a_new_exercise_grades_at_once(run, made, tmp_path):
    done = run("grade", made / "submissions", "--rubric", made / NAME / "rubric.py", "--out", tmp_path, "--jobs", 1)
    assert done.returncode == 0, done.stderr
    assert graded(tmp_path) == {"ada": (8, 8), "ben": (2, 8)}


def test_a_mistake_in_its_rubric_is_told_when_grading_and_verify_says_where(run, made, tmp_path):
    shutil.copytree(made, tmp_path / "wrong")
    rubric = tmp_path / "wrong" / NAME / "rubric.py"
    rubric.write_text(rubric.read_text(encoding="utf-8").replace('wrt="w"', 'wrt="v"'), encoding="utf-8")
    done = run("grade", made / "submissions", "--rubric", rubric, "--out", tmp_path / "out", "--jobs", 1)
    assert done.returncode == 3
    assert (
        "GRADER FAULT: squared_error (RubricError: squared_error has no parameter 'v'; it has w, X, y)" in done.stdout
    )
    assert "in squared_error/gradient for every submission: see autograder verify;" in done.stdout
    done = run("verify", "--rubric", rubric, "--only", "reference")
    assert "squared_error has no parameter 'v'" in done.stderr
    assert f"correct the check in {rubric}, or the reference" in done.stderr.replace("\n", "")


def test_it_releases_without_its_solution(run, made, tmp_path):
    done = run("release", "--rubric", made / NAME / "rubric.py", "--out", tmp_path)
    assert done.returncode == 0, done.stderr
    stub = (tmp_path / "python" / "model" / "regression.py").read_text(encoding="utf-8")
    assert "raise NotImplementedError" in stub
    assert "np.mean" not in stub


def test_one_that_is_there_is_not_overwritten(run, made):
    before = {path: path.read_bytes() for path in made.rglob("*") if path.is_file()}
    done = run("new", NAME, "--in", made.parent)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "exists already" in done.stderr
    assert {path: path.read_bytes() for path in before} == before


def test_a_bad_name_is_one_line(run, tmp_path):
    done = run("new", "my-exercise", "--in", tmp_path)
    assert done.returncode == 2
    assert "can't be an exercise's name" in done.stderr
    assert not list(tmp_path.iterdir())


def test_the_exercise_of_another_field_is_graded(run, root, tmp_path):
    exercise = root / "examples" / "numerical_methods"
    rubric = exercise / "numerical_methods" / "rubric.py"
    done = run("grade", exercise / "submissions", "--rubric", rubric, "--out", tmp_path, "--jobs", 1)
    assert done.returncode == 0, done.stderr
    assert graded(tmp_path) == {"ruth": (10, 10), "theo": (3.75, 10)}


def test_the_exercise_of_another_field_is_small(root):
    folder = root / "examples" / "numerical_methods" / "numerical_methods"
    assert sum(len(path.read_text(encoding="utf-8").splitlines()) for path in folder.rglob("*.py")) < 200
