import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

TINY = Path(__file__).with_name("tiny_rubric.py")
RIGHT = "def midpoint(a, b):\n    return (a + b) / 2\n"
HANGS = "def midpoint(a, b):\n    while True:\n        pass\n"


@pytest.fixture
def a_class(tmp_path):
    folder = tmp_path / "class"
    for name in ("ada", "bela", "chen"):
        (folder / name / "decay").mkdir(parents=True)
        (folder / name / "decay" / "geometry.py").write_text(RIGHT)
    return folder


def results(out):
    """Every result's bytes by file name, timings apart."""
    found = {}
    for path in sorted((out / "results").iterdir()):
        data = json.loads(path.read_bytes())
        del data["timing"]
        found[path.name] = json.dumps(data)
    return found


def test_a_class_is_graded(run, a_class, tmp_path):
    done = run("grade", a_class, "--rubric", TINY, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert sorted(results(tmp_path / "out")) == ["ada.json", "bela.json", "chen.json"]
    assert (tmp_path / "out" / "grades.csv").read_text().count("\n") == 4
    assert re.search(r"ada.*1.*not attempted: damp", done.stdout)


def test_the_same_seed_gives_the_same_bytes_with_any_number_of_jobs_in_any_order(run, a_class, tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONWARNINGS", "always::ResourceWarning")
    children = sorted(a_class.iterdir())
    for out, paths, jobs in (("one", children, 1), ("eight", children[::-1], 8), ("two", [a_class], 2)):
        done = run("grade", *paths, "--rubric", TINY, "--seed", "s", "--jobs", jobs, "--out", tmp_path / out)
        assert (done.returncode, done.stderr) == (0, ""), "nothing is left open, either"
    assert results(tmp_path / "one") == results(tmp_path / "eight") == results(tmp_path / "two")
    csvs = {(tmp_path / out / "grades.csv").read_bytes() for out in ("one", "eight", "two")}
    assert len(csvs) == 1


COUNTING = """
import os, sys
from pathlib import Path
import numpy as np

sys.path.append({folder!r})
from tiny_rubric import rubric

np.ones((500, 500)) @ np.ones((500, 500))
Path({seen!r}).write_text(" ".join(os.listdir("/proc/self/task")))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="threads are counted as Linux shows them")
def test_linear_algebra_has_one_thread_however_many_cores_there_are(run, a_class, tmp_path):
    seen = tmp_path / "threads"
    (tmp_path / "counting.py").write_text(COUNTING.format(folder=str(TINY.parent), seen=str(seen)))
    done = run("grade", a_class, "--rubric", tmp_path / "counting.py", "--jobs", 1, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert len(seen.read_text().split()) == 1


def test_a_second_run_grades_only_what_has_changed(run, a_class, tmp_path):
    grade = ("grade", a_class, "--rubric", TINY, "--out", tmp_path / "out")
    run(*grade)
    assert "3 submissions (3 unchanged" in run(*grade).stdout
    (a_class / "ada" / "decay" / "geometry.py").write_text("")
    (tmp_path / "out" / "results" / "bela.json").unlink()
    (tmp_path / "out" / "results" / "chen.json").write_text("{ half")
    again = run(*grade)
    assert again.returncode == 0
    assert "unchanged" not in again.stdout
    assert "chen.json" in again.stderr
    assert len(again.stderr.strip().splitlines()) == 1
    assert "3 submissions (3 unchanged" in run(*grade).stdout
    assert "unchanged" not in run(*grade, "--seed", "another").stdout
    assert "unchanged" not in run(*grade, "--fresh").stdout


def test_a_run_on_some_leaves_the_others_in_the_table_and_names_them(run, a_class, tmp_path):
    out = tmp_path / "out"
    run("grade", a_class, "--rubric", TINY, "--out", out, "--no-report")
    (out / "results" / "chen.json").write_text("{ half")
    done = run("grade", a_class / "ada", "--rubric", TINY, "--out", out, "--fresh")
    assert (out / "grades.csv").read_text().count("\n") == 3
    assert "earlier runs, and in grades.csv and on the pages as well: bela." in done.stdout
    assert "chen.json" in done.stderr
    assert (out / "report" / "students" / "bela.html").exists()


def test_results_of_another_exercise_are_left_alone(run, a_class, tmp_path):
    out = tmp_path / "out"
    run("grade", a_class, "--rubric", TINY, "--out", out, "--no-report")
    before = results(out)
    done = run("grade", a_class, "--out", out, "--no-report")
    assert (done.returncode, results(out)) == (2, before)
    assert "of 'damping'" in done.stderr
    assert "--out" in done.stderr


@pytest.mark.parametrize("out", ["graded", "."])
def test_what_a_run_left_among_the_submissions_is_none(run, a_class, out):
    for _ in range(2):
        done = run("grade", a_class, "--rubric", TINY, "--out", a_class / out)
        assert done.returncode == 0, done.stderr
    assert sorted(results(a_class / out)) == ["ada.json", "bela.json", "chen.json"]
    assert "what an earlier run has left" in done.stderr
    alone = run("grade", a_class / "graded", "--rubric", TINY, "--out", a_class / "graded")
    assert alone.returncode == 2


def test_an_interrupt_leaves_a_whole_state_to_go_on_from(a_class, tmp_path, run):
    for number in range(3):
        shutil.copytree(a_class / "ada", a_class / f"zz{number}")
        (a_class / f"zz{number}" / "decay" / "geometry.py").write_text(HANGS)
    out = tmp_path / "out"
    arguments = ["grade", a_class, "--rubric", TINY, "--out", out, "--seed", "s", "--jobs", "2", "--cpu-seconds", "2"]
    command = [sys.executable, "-m", "autograder", *map(str, arguments)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 60
    while len(list((out / "results").glob("*.json"))) < 3 and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, complaint = process.communicate(timeout=30)
    assert process.returncode == 130
    assert complaint.strip().splitlines()[-1].endswith("run the same command again to go on")
    interrupted = results(out)
    assert {"ada.json", "bela.json", "chen.json"} <= set(interrupted)
    assert len(interrupted) < 6
    done = run(*arguments)
    assert done.returncode == 0
    assert "unchanged since the last run" in done.stdout
    fresh = run(*arguments[:4], *arguments[6:], "--out", tmp_path / "undisturbed")
    assert fresh.returncode == 0
    assert results(out) == results(tmp_path / "undisturbed")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("grade", "no/such/path", "--rubric", TINY), "no/such/path"),
        (("grade", ".", "--rubric", "no.such.rubric"), "no.such.rubric"),
        (("grade", ".", "--rubric", TINY, "--jobs", "0"), "--jobs"),
        (("grade", ".", "--rubric", TINY, "--cpu-seconds", "nan"), "--cpu-seconds"),
        (("grade", ".", "--rubric", TINY, "--memory", "99999999999"), "--memory"),
        (("grade", ".", "--rubric", TINY, "--without", "luck"), "landlock, seccomp, rlimits"),
        (("grade",), "PATH"),
        (("brew",), "brew"),
    ],
)
def test_wrong_use_is_told_without_a_traceback(run, arguments, says):
    done = run(*arguments)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr + done.stdout


def test_a_results_folder_that_is_a_file_is_refused(run, a_class, tmp_path):
    (tmp_path / "out").write_text("")
    done = run("grade", a_class, "--rubric", TINY, "--out", tmp_path / "out")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "--out" in done.stderr


def test_what_the_terminal_has_no_letters_for_is_no_error(run, a_class, tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONIOENCODING", "ascii:strict")
    done = run("grade", a_class / "ada", "--rubric", TINY, "--no-report", "--out", tmp_path / "Übung")
    assert done.returncode == 0, done.stderr
    assert "?bung" in done.stdout


def test_version_and_help(run):
    assert re.match(r"autograder \d+\.\d+", run("--version").stdout)
    assert "grade" in run("--help").stdout


def test_doctor_finds_this_machine_whole(run):
    done = run("doctor")
    assert done.returncode == 0, done.stdout
    assert "landlock" in done.stdout.lower()
    assert "seccomp" in done.stdout.lower()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
def test_what_can_t_be_printed_is_one_line_and_costs_no_result(a_class, tmp_path):
    out = tmp_path / "out"
    for arguments in (["--help"], ["grade", a_class, "--rubric", TINY, "--out", out]):
        command = [sys.executable, "-m", "autograder", *map(str, arguments)]
        with Path("/dev/full").open("w") as full:
            done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, timeout=300, check=False)
        assert done.returncode == 2
        assert done.stderr.startswith("autograder: standard output: No space left on device;")
        assert done.stderr.count("\n") == 1
    assert results(out)


def test_a_reader_that_has_gone_is_nothing_to_complain_of():
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "autograder", "--help"]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True, timeout=60, check=False)
    os.close(writing)
    assert done.stderr == ""
