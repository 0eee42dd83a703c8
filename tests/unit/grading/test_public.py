"""The visible checks of a release, as a student's machine reads them."""

import json

import pytest

from autograder.errors import UsageError
from autograder.grading.public import load_public


@pytest.fixture
def written(tmp_path):
    def written(data):
        path = tmp_path / "public_checks.json"
        path.write_bytes(data if isinstance(data, bytes) else json.dumps(data).encode())
        return path

    return written


EMPTY = {"schema": 1, "exercise": "waves", "package": "lab", "functions": {}, "tasks": []}


def test_a_file_that_is_not_there_comes_with_the_exercise(tmp_path):
    with pytest.raises(UsageError, match=r"public\.json: can't be read .* it comes with the exercise"):
        load_public(tmp_path / "public.json")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{ half",
        b"\xff\xfe",
        b"[" * 10**5,
        {},
        {**EMPTY, "schema": 99},
        {**EMPTY, "tasks": [{"name": "t", "module": "m", "points": 1.0, "needs": [], "checks": [{"kind": "magic"}]}]},
    ],
)
def test_what_is_no_file_of_checks_is_one_line(written, data):
    with pytest.raises(UsageError, match="unpack the exercise again") as caught:
        load_public(written(data))
    assert "\n" not in str(caught.value)


def test_a_file_of_another_version_says_so(written):
    with pytest.raises(UsageError, match="its schema is 99"):
        load_public(written({**EMPTY, "schema": 99}))
