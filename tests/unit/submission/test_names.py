from __future__ import annotations

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.submission.names import MAX_IDENTIFIER, RESERVED, identifier, shown

any_name = st.text(st.characters(codec=None), max_size=300) | st.text(string.printable, max_size=60)


@pytest.mark.parametrize("name", ["ada", "bob.zip", "carol.ipynb", "group_7", "student-12", "2026.11.23"])
def test_a_plain_name_stays_as_it_is(name):
    assert identifier(name) == name


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("Ada", "ada-"),
        ("Müller, Jörg", "muller-jorg-"),
        (".hidden", "hidden-"),
        ("bob..", "bob-"),
        ("王小明", "submission-"),
        ("", "submission-"),
        ("a/b\\c:d", "a-b-c-d-"),
        ("con", "x-con-"),
        ("nul.zip", "x-nul.zip-"),
        ("a\nb\x1b[31m", "a-b-31m-"),
        ("x\udcff", "x-"),
        ("ada-0123abcd", "ada-0123abcd-"),
        ("a" * 300, "a" * 70),
    ],
)
def test_any_other_name_gets_a_digest(name, start):
    assert identifier(name).startswith(start)
    assert re.search(r"-[0-9a-f]{8}$", identifier(name))


@given(any_name)
def test_an_identifier_is_safe_on_any_file_system(name):
    made = identifier(name)
    assert re.fullmatch(r"[a-z0-9][a-z0-9._-]*", made)
    assert len(made) <= MAX_IDENTIFIER
    assert made[-1] not in "._-"
    assert made.split(".")[0] not in RESERVED


@given(any_name, any_name)
def test_two_names_have_two_identifiers(one, other):
    assert (identifier(one) == identifier(other)) == (one == other)


def test_names_that_differ_in_case_alone_have_two_identifiers():
    assert len({identifier(name) for name in ("ada", "Ada", "ADA", "adA")}) == 4


def test_a_name_can_not_be_chosen_to_be_anothers_identifier():
    assert identifier(identifier("Ada")) != identifier("Ada")


@given(any_name)
def test_a_shown_name_is_printable_and_short(name):
    assert shown(name).isprintable()
    assert len(shown(name)) <= 120
    shown(name).encode()


def test_what_a_person_can_read_is_shown_as_it_is():
    assert shown("Jo\u0308rg Müller (王).zip") == "Jörg Müller (王).zip"
    assert shown("a\x1b[2J\u202egpj\n") == "a\\x1b[2J\\u202egpj\\n"
