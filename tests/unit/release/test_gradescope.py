import io
import json
import os
import re
import stat
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import gradescope_tree
import msgspec
import pytest

from autograder.errors import SandboxUnavailable, UsageError
from autograder.grading import rubrics
from autograder.lateness import LatePolicy, moment
from autograder.release import gradescope, gradescope_run
from autograder.release.gradescope_run import Settings
from autograder.results import Late

TINY = Path(__file__).parents[2] / "end_to_end" / "tiny_rubric.py"
RIGHT = {"decay/geometry.py": gradescope_tree.RIGHT}


@pytest.fixture(scope="module")
def tiny():
    return rubrics.load(str(TINY))


@pytest.fixture
def tree(tmp_path, tiny):
    """Lay an upload out: ``tree(files, metadata, settings…) -> root``."""

    def tree(files=None, metadata=None, **settings):
        path = tmp_path / "upload.zip"
        gradescope.write(path, gradescope.upload(tiny, Settings(key="k", **settings)))
        return gradescope_tree.lay_out(tmp_path / "autograder", path, RIGHT if files is None else files, metadata)

    return tree


def report(root):
    return json.loads((root / "results" / "results.json").read_bytes())


def names(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {entry.filename: entry for entry in archive.infolist()}


def test_the_upload_has_what_gradescope_runs_at_its_root(tiny):
    entries = names(gradescope.upload(tiny, Settings(key="k")))
    for name in ("setup.sh", "run_autograder"):
        assert entries[name].external_attr >> 16 & stat.S_IXUSR
    assert "packages/autograder/sandbox/inside/seccomp_x86_64.bpf" in entries
    assert "packages/tiny_rubric.py" in entries
    assert not any("__pycache__" in name or name.startswith(("/", "..")) for name in entries)


def test_the_same_again_gives_the_same_bytes_and_keeps_the_key(tiny, tmp_path):
    path = tmp_path / "upload.zip"
    first = gradescope.earlier_key(path)
    assert first != gradescope.earlier_key(path)
    data = gradescope.upload(tiny, Settings(key=first))
    gradescope.write(path, data)
    assert gradescope.earlier_key(path) == first
    assert gradescope.upload(tiny, Settings(key=first)) == data
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_package_goes_as_a_whole_under_its_name():
    loaded = rubrics.load("solutions.rubric")
    data = gradescope.upload(loaded, Settings(key="k"))
    assert "packages/solutions/reference/losses.py" in names(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert json.loads(archive.read("settings.json"))["rubric"] == "solutions.rubric"


def test_libraries_are_pinned_and_come_from_no_address(tiny, tmp_path, monkeypatch):
    with zipfile.ZipFile(io.BytesIO(gradescope.upload(tiny, Settings(key="k")))) as archive:
        text = archive.read("requirements.txt").decode()
    assert "://" not in text
    assert "-i " not in text
    assert {"numpy", "msgspec", "typer"} <= set(re.findall(r"^([a-z0-9-]+)==", text, re.MULTILINE))
    assert "matplotlib" not in text
    assert text.count("==") <= text.count("--hash=")
    installed = gradescope._requirements(tmp_path / "none.txt")
    assert set(re.findall(r"^([a-z0-9-]+)==", installed, re.MULTILINE)) <= set(
        re.findall(r"^([a-z0-9-]+)==", text, re.M)
    )
    assert re.search(r"^numpy==[\d.]+$", installed, re.MULTILINE)


def test_an_unknown_lock_is_refused(tiny):
    with pytest.raises(UsageError, match="landlock"):
        gradescope.upload(tiny, Settings(key="k", without=("door",)))


def test_it_is_set_up_and_runs_in_a_tree_like_gradescope_s(tree):
    root = tree()
    (root / "source" / "requirements.txt").write_text("# what is needed is there already\n")
    environment = {"GRADESCOPE_ROOT": str(root), "AUTOGRADER_PYTHON": sys.executable, "PATH": os.environ["PATH"]}
    setup = ["bash", str(root / "source" / "setup.sh")]
    done = subprocess.run(setup, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert (root / "venv" / "bin" / "python").exists()
    assert stat.S_IMODE((root / "source" / "settings.json").stat().st_mode) == 0o600
    run = [str(root / "run_autograder")]
    done = subprocess.run(run, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert report(root)["score"] == 1.0
    assert len(report(root)["tests"]) == 3
    assert not list((root / "source").rglob("__pycache__"))


@pytest.mark.skipif(Path("/opt/autograder").exists(), reason="the framework's own image needs no setting up")
def test_where_it_is_not_set_up_it_says_so_and_what_to_do(tree):
    root = tree()
    environment = {"GRADESCOPE_ROOT": str(root), "PATH": os.environ["PATH"]}
    run = ["bash", str(root / "run_autograder")]
    done = subprocess.run(run, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 3
    assert done.stderr.count("\n") == 1
    assert "run setup.sh first, or set AUTOGRADER_PYTHON" in done.stderr


def results(monkeypatch, root):
    """What was graded, as a result."""
    kept = []
    real = gradescope_run.gradescope_json
    monkeypatch.setattr(
        gradescope_run, "gradescope_json", lambda result, **how: kept.append(result) or real(result, **how)
    )
    assert gradescope_run.main([str(root)]) == 0
    return kept[-1]


def rewrite(root, **metadata):
    (root / "submission_metadata.json").write_text(json.dumps({**gradescope_tree.METADATA, **metadata}))


@pytest.mark.parametrize(("points", "told"), [("50.0", True), (50, True), ("4.0", False), (None, False), ("?", False)])
def test_instructors_are_told_where_the_assignment_is_worth_something_else(tree, capsys, points, told):
    root = tree()
    rewrite(root, assignment={"total_points": points})
    assert gradescope_run.main([str(root)]) == 0
    said = "autograder: the assignment has 50 points, and the marking scheme gives up to 4; set"
    assert capsys.readouterr().out.startswith(said) is told
    assert "50 points" not in json.dumps(report(root))


def test_hidden_cases_are_the_student_s_own_and_stay_theirs(tree, monkeypatch):
    root = tree()
    first = results(monkeypatch, root)
    rewrite(root, id=999, previous_submissions=[{"submission_time": "", "score": "1.0"}])
    again = results(monkeypatch, root)
    rewrite(root, users=[{"id": 77, "email": "bela@example.edu", "name": "Bela"}])
    other = results(monkeypatch, root)
    assert first.seed == again.seed != other.seed
    assert (first.handed_in.people[0].email, again.handed_in.attempt) == ("ada@example.edu", 2)
    assert first.sandbox == ("landlock", "seccomp", "rlimits")


def test_a_better_earlier_attempt_counts_where_that_was_asked_for(tree):
    earlier = [
        {"score": "3.5", "autograder_error": False},
        {"score": 90, "autograder_error": True},
        {"score": None},
        {"score": "nan"},
        {"score": "?"},
    ]
    root = tree(metadata={"previous_submissions": earlier}, attempt="best")
    assert gradescope_run.main([str(root)]) == 0
    assert report(root)["score"] == 3.5
    assert "An earlier attempt had 3.5 marks" in report(root)["output"]
    assert sum(test["score"] for test in report(root)["tests"]) == 1.0
    settings = root / "source" / "settings.json"
    settings.write_text(settings.read_text().replace("best", "last"))
    assert gradescope_run.main([str(root)]) == 0
    assert report(root)["score"] == 1.0


def test_late_by_gradescope_s_own_times_and_the_student_s_own_due_date(tree, tiny, monkeypatch):
    rubric = replace(tiny.rubric, late=LatePolicy(per_day=0.5))
    monkeypatch.setattr(gradescope_run.rubrics, "load", lambda name: replace(tiny, rubric=rubric))
    root = tree()
    late = results(monkeypatch, root).late
    assert (late.penalty, late.score) == (0.5, 0.5)
    assert timedelta(seconds=late.seconds) == moment("2026-03-02T14:22:32.365935-08:00") - moment(
        "2026-03-01T23:59-08:00"
    )
    assert report(root)["score"] == 0.5
    users = [{"id": 1, "assignment": {"due_date": "2026-03-05T00:00:00-08:00"}}, {"id": 2}]
    rewrite(root, users=users)
    assert results(monkeypatch, root).late is None
    assert isinstance(late, Late)


def is_an_error(root):
    found = report(root)
    return "score" not in found and "tests" not in found and "not your code" in found["output"]


def test_a_missing_lock_is_our_error_and_no_zero(tree, monkeypatch, capsys):
    def refuse(*_, **__):
        raise SandboxUnavailable("this machine can't put on the lock landlock: or go on without it: --without landlock")

    root = tree()
    monkeypatch.setattr(gradescope_run, "LockedSandbox", refuse)
    assert gradescope_run.main([str(root)]) == 3
    assert is_an_error(root)
    assert "--without landlock" in report(root)["output"]
    assert "landlock" in capsys.readouterr().err


def test_a_lock_left_off_by_name_is_left_off(tree, monkeypatch):
    assert results(monkeypatch, tree(without=("landlock",))).sandbox == ("seccomp", "rlimits")


@pytest.mark.parametrize("broken", ["settings", "metadata", "no metadata", "no submission", "crash"])
def test_whatever_breaks_on_our_side_is_our_error(tree, monkeypatch, broken):
    root = tree()
    if broken == "settings":
        (root / "source" / "settings.json").write_text("{")
    elif broken == "metadata":
        (root / "submission_metadata.json").write_text('{"users": 3}')
    elif broken == "no metadata":
        (root / "submission_metadata.json").unlink()
    elif broken == "no submission":
        (root / "submission").rename(root / "elsewhere")
    else:
        monkeypatch.setattr(gradescope_run, "gradescope_json", lambda *_, **__: 1 / 0)
    assert gradescope_run.main([str(root)]) == 3
    assert is_an_error(root)


def test_an_empty_submission_is_a_zero(tree):
    root = tree(files={"readme.txt": "sorry"})
    assert gradescope_run.main([str(root)]) == 0
    assert report(root)["score"] == 0


def test_settings_are_read_back_as_they_were_written():
    settings = Settings(key="k", without=("landlock",), attempt="best")
    assert msgspec.json.decode(msgspec.json.encode(settings), type=Settings) == settings
