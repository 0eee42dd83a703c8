"""A task that builds on others points to those that are wrong themselves."""

import pytest

from autograder.checks import Case, Matches, Purity
from autograder.checks.base import Finding
from autograder.grading.building import pointed
from autograder.grading.examining import Examined
from autograder.results import Verdict

NEEDS = {"network": ("tanh", "relu", "affine"), "softmax_loss": ("softmax",)}


def found(**verdicts):
    """Findings of checks named ``task__check``."""
    examined, findings = [], []
    for name, verdict in verdicts.items():
        task, _, check = name.partition("__")
        visible = check != "hidden"
        kind = (
            Purity(("f",), points=1, cases=cases)
            if check == "purity"
            else Matches("f", points=1, cases=cases, visible=visible)
        )
        finding = verdict if isinstance(verdict, Finding) else Finding(Verdict(verdict), 0.0)
        examined.append(Examined(task, kind, None, finding, ()))
        findings.append(finding)
    return [finding.hint for finding in pointed(examined, findings, NEEDS)]


def cases(rng):
    return [Case(())]


@pytest.mark.parametrize("verdict", ["failed", "partial", "crashed", "timed_out", "not_attempted"])
def test_what_it_builds_on_and_is_not_right_is_named(verdict):
    *_, hint = found(tanh__values=verdict, relu__values="passed", network__loss="failed")
    assert hint == "It builds on tanh, which is not right yet: begin there."


def test_several_are_named_in_the_order_in_which_they_are_needed():
    *_, hint = found(relu__values="failed", tanh__values="failed", network__loss="crashed")
    assert hint == "It builds on tanh and relu, which are not right yet: begin there."


@pytest.mark.parametrize("verdict", ["passed", "skipped", "grader_fault"])
def test_what_is_right_or_not_known_is_not(verdict):
    assert found(tanh__values=verdict, network__loss="failed") == ["", ""]


def test_arguments_that_are_changed_make_no_number_wrong():
    assert found(tanh__purity="failed", network__loss="failed") == ["", ""]
    assert found(tanh__values="failed", network__purity="failed") == ["", ""]


def test_what_is_explained_or_told_already_is_left_as_it_is():
    named = Finding(Verdict.FAILED, 0.0, misconception="a-known-one")
    told = Finding(Verdict.FAILED, 0.0, "wrong", hint="Get tanh_forward right first.")
    other = Finding(Verdict.FAILED, 0.0, "wrong", hint="Look at axes.")
    assert found(tanh__values="failed", network__loss=named)[1] == ""
    assert found(tanh__values="failed", network__loss=told)[1] == told.hint
    assert found(tanh__values="failed", network__loss=other)[1].startswith("Look at axes. It builds on tanh,")
    assert found(tanh__values="failed", network__loss="passed")[1] == ""


def test_a_name_within_another_one_is_not_told():
    wrong = Finding(Verdict.FAILED, 0.0, "softmax_loss: the result is wrong.")
    assert found(softmax__values="failed", softmax_loss__loss=wrong)[1].startswith("It builds on softmax,")


def test_of_a_visible_check_nothing_is_said_that_only_hidden_ones_tell():
    assert found(tanh__hidden="failed", network__loss="failed") == ["", ""]
    assert found(tanh__hidden="failed", network__hidden="failed")[1].startswith("It builds on tanh,")
    assert found(tanh__values="failed", network__hidden="failed")[1].startswith("It builds on tanh,")
