"""`autograder verify` as a person or a CI job meets it."""

import json

import pytest

NAME = "verify_me"
PARTS = ("reference", "stubs", "alternatives", "misconceptions", "by-heart", "mutants", "assignment", "leaks")


@pytest.fixture(scope="module")
def made(command, tmp_path_factory):
    """A new exercise, as `autograder new` makes it."""
    folder = tmp_path_factory.mktemp("verify")
    done = command("new", NAME, "--in", folder)
    assert done.returncode == 0, done.stderr
    return folder / NAME


def test_a_new_exercise_is_verified_at_once(run, made, tmp_path):
    rubric = made / NAME / "rubric.py"
    done = run("verify", "--rubric", rubric, "--jobs", 2, "--json", tmp_path / "found.json")
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads((tmp_path / "found.json").read_text(encoding="utf-8"))
    assert [each["part"] for each in found] == list(PARTS)
    heads = [line for line in done.stdout.splitlines() if not line.startswith(" ")]
    assert len(heads) == len(PARTS)
    assert all(line[0] in "✓–" and line.endswith(" s)") for line in heads)


def test_what_is_found_ends_with_1(run, made, tmp_path):
    (tmp_path / "assignment").mkdir()
    rubric = made / NAME / "rubric.py"
    done = run("verify", "--rubric", rubric, "--only", "assignment", "--assignment", "assignment")
    assert done.returncode == 1
    assert "✗ assignment" in done.stdout
    assert "missing" in done.stdout


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--only", "poetry"], "no such part"),
        (["--assignment", "nowhere"], "no such folder"),
        (["--rubric", "nowhere.py"], "there is no such file"),
    ],
)
def test_wrong_use_is_one_line(run, options, words):
    done = run("verify", *options)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert words in done.stderr
