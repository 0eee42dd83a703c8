"""`autograder report` and what `grade` writes of it, as they are typed."""

import subprocess
import sys

import pytest
from unit.reports.a_class import SECRET, a_student

from autograder.results import dump


def run(*arguments, code=""):
    line = [sys.executable, "-c", f"{code}\nfrom autograder.cli import main; main()", *map(str, arguments)]
    return subprocess.run(line, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture
def graded(tmp_path):
    (tmp_path / "results").mkdir()
    for name in ("ada", "bela"):
        (tmp_path / "results" / f"{name}.json").write_bytes(dump(a_student(name)))
    return tmp_path


def test_pages_for_the_class_and_for_handing_out(graded):
    done = run("report", graded)
    assert (done.returncode, done.stderr) == (0, "")
    assert "2 students' pages" in done.stdout
    assert SECRET in (graded / "report" / "students" / "ada.html").read_text()
    assert run("report", graded, "--public", "--students-only").returncode == 0
    pages = [path for path in (graded / "public").rglob("*") if path.is_file()]
    assert sorted(path.name for path in pages) == ["ada.html", "bela.html"]
    assert not [path for path in pages if SECRET in path.read_text()]
    assert "bela" not in (graded / "public" / "students" / "ada.html").read_text()
    assert "(2 unchanged)" in run("report", graded).stdout


def test_a_broken_result_is_named_and_the_rest_is_shown(graded):
    (graded / "results" / "chen.json").write_text("{")
    done = run("report", graded)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "chen.json: not a result" in done.stderr
    assert (graded / "report" / "index.html").exists()


@pytest.mark.parametrize("empty", [False, True])
def test_where_there_are_no_results_one_line_says_what_to_do(tmp_path, empty):
    if empty:
        (tmp_path / "results").mkdir()
    done = run("report", tmp_path)
    assert done.returncode == 2
    assert "no results there; run autograder grade" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("missing", ["jinja2", "pygal"])
def test_without_what_makes_pages_one_line_says_the_remedy(graded, missing):
    done = run("report", graded, code=f"import sys; sys.modules[{missing!r}] = None")
    assert done.returncode == 2
    assert "pip install 'numerical-autograder[report]'" in done.stderr
    assert done.stderr.count("\n") == 1
