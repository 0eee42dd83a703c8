import ast
import re
import string
from pathlib import Path

import pytest

import autograder.checks
import autograder.grading
from autograder.checks.findings import PUBLIC_ERRORS
from autograder.messages import CATALOGUE, RAISED_HINTS, listed, quoted, say

NODES = [
    node
    for package in (autograder.checks, autograder.grading)
    for path in sorted(Path(package.__path__[0]).glob("*.py"))
    for node in ast.walk(ast.parse(path.read_text("utf-8")))
]
TEXTS = {node.value for node in NODES if isinstance(node, ast.Constant) and isinstance(node.value, str)}
SAID = {
    node.args[0].value
    for node in NODES
    if isinstance(node, ast.Call)
    and isinstance(node.func, ast.Name)
    and node.func.id in ("say", "Difference")
    and isinstance(node.args[0], ast.Constant)
}


def blanks(text):
    return {field for _, field, _, _ in string.Formatter().parse(text) if field}


def test_all_that_is_said_stands_in_the_catalogue():
    assert CATALOGUE.keys() >= SAID
    assert SAID


@pytest.mark.parametrize("name", CATALOGUE)
def test_no_sentence_is_never_said(name):
    assert name in TEXTS


@pytest.mark.parametrize("name", CATALOGUE)
def test_sentences_are_sentences_without_numbers(name):
    sentence = CATALOGUE[name]
    assert sentence.message
    for text in (sentence.message, sentence.hint):
        assert not text or text[-1] in ".}"
        assert not re.search(r"\d", re.sub(r"float\d\d|0/0|log 0|(by|to|axis=) ?0", "", text)), text


@pytest.mark.parametrize("name", CATALOGUE)
def test_blanks_are_filled_or_it_raises(name):
    sentence = CATALOGUE[name]
    wanted = blanks(sentence.message) | blanks(sentence.hint)
    said = say(name, **dict.fromkeys(wanted, "something"))
    assert "{" not in said.message + said.hint
    if wanted:
        with pytest.raises(KeyError):
            say(name)


def test_an_unknown_name_raises():
    with pytest.raises(KeyError):
        say("no such sentence")


def test_remedies_are_for_exceptions_that_there_are():
    assert RAISED_HINTS.keys() <= PUBLIC_ERRORS


def test_words_agree_in_number():
    assert say("shape", **listed(["dx"])).message == "dx has the wrong shape."
    assert say("shape", **listed(["dx", "dW", "db"])).message == "dx, dW and db have the wrong shape."


def test_a_quotation_is_printable_and_bounded():
    assert quoted("a\nb\x1b[2J\u202e\ud800") == "a b [2J  "
    assert quoted("x" * 500) == "x" * 199 + "…"
    assert quoted("x" * 200) == "x" * 200
