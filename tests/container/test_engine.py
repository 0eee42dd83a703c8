"""What the engine's client is told, and what is said where there is none."""

import csv
import io
import os
import sys

import pytest

from autograder.container import engine
from autograder.errors import UsageError
from autograder.grading.many import Job
from autograder.sandbox.interface import Limits

CLIENT = """#!{python}
import sys
answers = {answers!r}
for words, status, out, err in answers:
    if sys.argv[1:1 + len(words)] == words:
        sys.stdout.write(out)
        sys.stderr.write(err)
        sys.exit(status)
sys.exit(f"not expected: {{sys.argv}}")
"""
ENGINE = engine.Engine(cores=2, image="sha256:0")
INFO = (["info"], 0, "2\n", "WARNING: No swap limit support\n")


@pytest.fixture
def client(tmp_path, monkeypatch):
    """Put a client of these answers in the place of Docker's: ``client((words, status, out, err), …)``."""

    def client(*answers):
        path = tmp_path / "bin" / "docker"
        path.parent.mkdir()
        path.write_text(CLIENT.format(python=sys.executable, answers=answers))
        path.chmod(0o755)
        monkeypatch.setenv("PATH", str(path.parent))

    return client


@pytest.fixture
def told():
    return []


def test_an_image_that_is_named_is_found_and_not_built(client, told):
    client(INFO, (["image", "inspect", "--format={{.Id}}", "--", "ours:2"], 0, "sha256:1\n", ""))
    assert engine.find("ours:2", told.append) == engine.Engine(cores=2, image="sha256:1")
    assert told == []


def test_in_a_checkout_the_image_is_built_and_the_first_time_that_is_told(client, told):
    build = ["build", "--quiet", f"--tag={engine.TAG}", "--"]
    client(INFO, (["image", "inspect"], 1, "", "no such image"), (build, 0, "sha256:2\n", "DEPRECATED: \n"))
    assert engine.find(None, told.append).image == "sha256:2"
    assert len(told) == 1


def test_installed_without_a_checkout_this_versions_image_is_looked_for(client, told, monkeypatch, tmp_path):
    monkeypatch.setattr(engine, "__file__", str(tmp_path / "site-packages" / "autograder" / "container" / "engine.py"))
    client(INFO, (["image", "inspect"], 1, "", "Error: No such image\n"))
    with pytest.raises(UsageError, match=rf"(?s)No such image.*docker build --tag {engine.TAG} .*--image"):
        engine.find(None, told.append)


def test_without_a_client_one_line_says_so(run, tmp_path):
    done = run("grade", tmp_path, "--docker", PATH=str(tmp_path))
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "docker can't be started" in done.stderr
    assert "Remedy" in done.stderr


@pytest.mark.parametrize("answer", ["Cannot connect to the Docker daemon at unix:///x.", "permission denied"])
def test_without_an_engine_one_line_says_so(client, told, answer):
    client((["info"], 1, "", f"errors:\n{answer}\n"))
    with pytest.raises(UsageError) as caught:
        engine.find(None, told.append)
    assert answer in str(caught.value)
    assert "without --docker" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_build_that_fails_is_one_line(client, told):
    client(INFO, (["image", "inspect"], 0, "", ""), (["build"], 1, "", "Step 1/20\npip: no space left on device\n"))
    with pytest.raises(UsageError, match=r"no space left on device\. Remedy: see what 'docker build "):
        engine.find(None, told.append)


def test_the_walls_are_there_and_nothing_is_mounted():
    command, job = ENGINE.run("name", Job("solutions.rubric", "secret"), 3)
    for wall in (
        *("--network=none", "--read-only", "--cap-drop=ALL", "--security-opt=no-new-privileges", "--pull=never"),
        *("--pids-limit=64", "--cpus=2", "--memory=4352m", "--memory-swap=4352m", "--log-driver=none", "--rm"),
    ):
        assert wall in command
    assert not [word for word in command if "mount" in word or word.startswith(("-v", "--volume", "--user", "--env"))]
    assert "secret" not in " ".join(command)
    assert job == Job("solutions.rubric", "secret")


def test_memory_follows_what_a_submission_may_take():
    command, _ = ENGINE.run("name", Job("solutions.rubric", "", Limits(memory_bytes=100 * 2**20)), 1)
    assert "--memory=1124m" in command


@pytest.mark.parametrize("name", ["plain", "a,b", 'quo"te', "co:lon", "new\nline", " edge", "=", "readonly"])
def test_a_marking_scheme_of_ones_own_is_mounted_to_be_read_whatever_its_folder_is_called(tmp_path, name):
    (tmp_path / name).mkdir()
    (tmp_path / name / "mine.py").touch()
    command, job = ENGINE.run("name", Job(str(tmp_path / name / "mine.py"), ""), 1)
    assert job.rubric == "/rubric/mine.py"
    (mount,) = [word.removeprefix("--mount=") for word in command if word.startswith("--mount")]
    (row,) = csv.reader(io.StringIO(mount, newline=""), strict=True)
    assert row == ["type=bind", f"source={tmp_path / name}", "target=/rubric", "readonly"]


def test_a_marking_scheme_in_a_package_keeps_its_package(tmp_path):
    for folder in ("course", "course/week"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "__init__.py").touch()
    (tmp_path / "course" / "week" / "rubric.py").touch()
    command, job = ENGINE.run("name", Job(str(tmp_path / "course" / "week" / "rubric.py"), ""), 1)
    assert f"--mount=type=bind,source={tmp_path / 'course'},target=/rubric/course,readonly" in command
    assert job.rubric == "/rubric/course/week/rubric.py"


def test_a_marking_scheme_is_read_as_the_caller_but_never_as_root(tmp_path, monkeypatch):
    (tmp_path / "mine.py").touch()
    for uid, expected in ((1000, ["--user=1000:1000"]), (0, [])):
        monkeypatch.setattr(os, "getuid", lambda uid=uid: uid)
        monkeypatch.setattr(os, "getgid", lambda uid=uid: uid)
        command, _ = ENGINE.run("name", Job(str(tmp_path / "mine.py"), ""), 1)
        assert [word for word in command if word.startswith("--user")] == expected
