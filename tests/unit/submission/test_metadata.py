"""Gradescope's metadata: what is wanted of them is read, and nothing odd stops the download."""

import pytest

from autograder.submission.bulk import metadata
from autograder.submission.bulk.metadata import parsed

SUBMITTERS = "  :submitters:\n  - :name: Ada\n    :sid: '1'\n"


def test_what_is_wanted_is_read_and_all_else_passed_over():
    data = (
        "a:\n"
        + SUBMITTERS
        + "  - just a text\n"
        + "  :created_at: {odd: mapping}\n"
        + "  :results: {tests: [{output: [1, {deep: 2}]}]}\n"
        + "b: no mapping\n"
        + "c: [neither, {is: this}]\n"
        + "d:\n  :submitters:\n  - :name: {first: B}\n    :email: b@example.edu\n"
    )
    found = parsed(data.encode())
    assert found.problems == ()
    assert found.entries == {
        "a": {":submitters": [{":name": "Ada", ":sid": "1"}]},
        "d": {":submitters": [{":email": "b@example.edu"}]},
    }


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"- a\n- b\n", "no list of submissions"),
        (b"just a text", "no list of submissions"),
        (b"? [a, b]\n: 1\n", "a key that is no text"),
        (b"a: &x\n  :created_at: 1\nb: *x\n", "an alias"),
        (b"a: [", "can't be read"),
        (b"\xff\xfe\x00", "can't be read"),
    ],
)
def test_what_can_t_be_read_is_told_and_no_error(data, says):
    found = parsed(data)
    assert found.entries == {}
    (problem,) = found.problems
    assert says in problem
    assert "who handed in is not known" in problem


def test_an_empty_file_says_nothing_of_anybody():
    assert parsed(b"").entries == {}


def test_what_is_too_much_is_told(monkeypatch):
    data = "".join(f"s{number}:\n{SUBMITTERS}" for number in range(5)).encode()
    with monkeypatch.context() as patch:
        patch.setattr(metadata, "MAX_ENTRIES", 3)
        assert "too many submissions" in parsed(data).problems[0]
    monkeypatch.setattr(metadata, "MAX_EVENTS", 10)
    assert "too long" in parsed(data).problems[0]


def test_more_names_than_a_group_has_are_left_out(monkeypatch):
    monkeypatch.setattr(metadata, "MAX_KEPT", 2)
    people = "".join(f"  - :name: P{number}\n" for number in range(4))
    found = parsed(f"a:\n  :submitters:\n{people}".encode())
    assert found.entries["a"][":submitters"] == [{":name": "P0"}, {":name": "P1"}]
