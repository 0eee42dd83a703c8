import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.text import cell, lines, plain


@given(st.text())
def test_nothing_that_a_terminal_obeys_gets_through(text):
    shown = plain(text)
    assert shown.isprintable() or all(char.isprintable() or char.isspace() for char in shown)
    assert "\x1b" not in shown
    assert "\n" not in shown
    assert len(shown) <= 200


@given(st.text())
def test_a_listing_keeps_its_lines_and_nothing_that_a_terminal_obeys(text):
    shown = lines(text, 50)
    assert len(shown) <= 51
    assert all(char.isprintable() or char.isspace() for char in shown)
    assert "\x1b" not in shown
    assert "\r" not in shown
    assert shown.count("\n") == text[:50].count("\n") or len(shown) == 51


def test_a_listing_of_code_is_left_as_it_is():
    assert lines("def f(x):\n\treturn x  # π", 100) == "def f(x):\n        return x  # π"


def test_escapes_become_visible():
    assert plain("\x1b[31mred\x07") == "\\x1b[31mred\\x07"
    assert plain("a\u202eb") == "a\\u202eb"


def test_long_text_is_cut():
    assert plain("x" * 10**6, 10) == "x" * 9 + "…"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1"])
def test_a_cell_is_never_a_formula(text):
    assert cell(text).startswith("'")


def test_an_ordinary_name_is_left_alone():
    assert cell("ada") == "ada"
