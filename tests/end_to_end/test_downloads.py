"""A class's download is graded as it comes: attempts, who handed in, and what being late costs."""

import csv
import json
import textwrap
from pathlib import Path

import downloads
import pytest

TINY = Path(__file__).with_name("tiny_rubric.py")


@pytest.fixture
def late_rubric(tmp_path):
    """The tiny rubric with a late policy: a point a day, ten minutes of grace, at most 1.5."""
    path = tmp_path / "mine" / "late_rubric.py"
    path.parent.mkdir()
    extra = """
    from dataclasses import replace
    from autograder.lateness import LatePolicy
    rubric = replace(rubric, late=LatePolicy(per_day=0.4, grace_minutes=15, at_most=0.7), due="2026-03-01T22:00+00:00")
    """
    path.write_text(TINY.read_text() + textwrap.dedent(extra))
    return path


def graded(out):
    return {path.stem: json.loads(path.read_bytes()) for path in sorted((out / "results").iterdir())}


def test_gradescope_with_attempts_and_a_late_policy(run, tmp_path, late_rubric):
    path = downloads.write(tmp_path / "export", downloads.GRADESCOPE)
    out = tmp_path / "out"
    grade = ("grade", path, "--rubric", late_rubric, "--out", out, "--seed", "s")

    done = run(*grade)
    assert done.returncode == 0, done.stderr
    ada, group = graded(out).values()
    assert ada["handed_in"]["people"][0]["email"] == "ada@example.edu"
    assert ada["score"] == 1.0
    assert ada["late"]["penalty"] == 0.0  # ten minutes late, within the grace
    assert group["score"] == 0.0  # the last attempt is the wrong one

    best = run(*grade, "--attempt", "best")
    assert best.returncode == 0, best.stderr
    ada, group = graded(out).values()
    assert group["score"] == 1.0
    assert group["handed_in"]["attempt"] == 2
    assert group["late"] is None
    assert len(list((out / "attempts" / "results").iterdir())) == 2
    assert "2 submissions" in best.stdout
    assert "2 submissions (2 unchanged" in run(*grade, "--attempt", "best").stdout

    # Another due time changes what is late, and grades nothing again.
    sooner = run(*grade, "--attempt", "best", "--due", "2026-02-27T22:00+00:00")
    assert "2 submissions (2 unchanged" in sooner.stdout
    ada, group = graded(out).values()
    assert (ada["score"], ada["late"]["penalty"], ada["late"]["score"]) == (1.0, 0.7, 0.3)  # three days, capped
    assert ada["late"]["seconds"] == pytest.approx(2 * 86400 + 605.123456)
    assert group["late"]["penalty"] == 0.7  # the better one of two that are late
    rows = list(csv.DictReader((out / "grades.csv").read_text().splitlines()))
    assert [(row["score"], row["penalty"], row["final"]) for row in rows] == [("1", "0.7", "0.3")] * 2


def test_canvas_s_late_mark_counts_as_one_day(run, tmp_path, late_rubric):
    path = downloads.write(tmp_path / "submissions", downloads.CANVAS)
    done = run("grade", path, "--rubric", late_rubric, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    results = {result["handed_in"]["people"][0]["name"]: result for result in graded(tmp_path / "out").values()}
    assert {name: result["score"] for name, result in results.items()} == {
        "lovelaceada": 1.0,
        "bartokbela": 0.0,
        "chenli": 1.0,
        "dilanaras": 1.0,
        "emrekaya": 0.0,
    }
    assert results["dilanaras"]["late"]["penalty"] == 0.4
    assert results["dilanaras"]["late"]["seconds"] is None
    assert results["chenli"]["late"] is None


def test_a_due_time_without_a_zone_is_wrong_use(run, tmp_path):
    path = downloads.write(tmp_path / "submissions", downloads.CANVAS)
    done = run("grade", path, "--rubric", TINY, "--out", tmp_path / "out", "--due", "2026-03-01T22:00")
    assert done.returncode == 2
    assert "zone" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_zip_of_a_class_is_graded_as_one_and_said_to_be(run, tmp_path):
    files = {"ada/decay/geometry.py": downloads.RIGHT, "ben/geometry.py": downloads.WRONG, "chen/answer.rar": ""}
    path = downloads.write(tmp_path / "all", files)
    out = tmp_path / "out"
    done = run("grade", path, "--rubric", TINY, "--out", out, "--seed", "s")
    assert done.returncode == 0, done.stderr
    assert "all.zip: is taken for a class (ada, ben); if it is one student's" in done.stderr
    assert {name: result["score"] for name, result in graded(out).items()} == {"ada": 1.0, "ben": 0.0, "chen": 0.0}
    assert "answer.rar: only .py, .ipynb and .zip are read" in graded(out)["chen"]["warnings"][0]
