"""Which variants explain what came back."""

import numpy as np

from autograder.checks import Case, Matches
from autograder.checks.base import Finding
from autograder.checks.diagnosis import Evidence, explain, explanations, named, pair_prints, prints
from autograder.checks.parts import WARNED, Part, parts, print_of, program
from autograder.checks.variants import Known
from autograder.results import Verdict
from autograder.sandbox.scripted import ScriptedSession

DUE = np.arange(1.0, 7.0).reshape(2, 3)


def printed(*values):
    return tuple(map(print_of, values))


VARIANTS = {"negative": printed(-DUE, DUE), "doubled": printed(DUE, 2 * DUE), "both-tripled": printed(3 * DUE, 3 * DUE)}


def explained(first, second):
    whole, _ = explanations([Part("dx", 0, first, DUE), Part("dw", 0, second, DUE)], VARIANTS, dict)
    return whole


def test_what_is_right_needs_no_explanation():
    assert explained(DUE, DUE) == ()


def test_a_variant_explains_what_it_returns_itself():
    assert explained(-DUE, DUE)[0] == ("negative",)
    assert explained(3 * DUE, 3 * DUE)[0] == ("both-tripled",)


def test_two_together_explain_what_neither_does():
    assert {*explained(-DUE, 2 * DUE)[0]} == {"negative", "doubled"}


def test_what_no_variant_returns_is_not_explained():
    assert explained(np.sin(DUE), DUE) == ()


def test_a_warning_tells_something_only_where_all_values_are_right():
    def warned(value, came):
        parts = [Part("out", 0, value, DUE), Part(WARNED, 0, came, "warns:")]
        return explanations(parts, {"overflows": (print_of(DUE), "warns:overflow")}, dict)[0]

    assert warned(DUE, "warns:overflow") == (("overflows",),)
    assert warned(DUE, "warns:") == ()
    assert warned(2 * DUE, "warns:overflow") == ()


def test_two_mistakes_in_one_part_add_up_to_what_came():
    variants = {"shifted": printed(DUE + 1, DUE), "waved": printed(DUE + np.sin(DUE), DUE)}
    came = [Part("dx", 0, DUE + 1 + np.sin(DUE), DUE), Part("dw", 0, DUE, DUE)]
    assert explanations(came, variants, dict)[0] == (("shifted", "waved"),)


DOUBLED = Known("doubled", "It is doubled.", "double", ("double/values",))


def test_what_crashed_is_told_beside_the_mistake_that_made_it():
    check = Matches("double", points=1, cases=lambda rng: [])
    wrong = named(Finding(Verdict.FAILED, 0.0, "The result is wrong."), check, [DOUBLED])
    assert (wrong.message, wrong.misconception) == ("It is doubled.", "doubled")
    crashed = named(Finding(Verdict.CRASHED, 0.0, "double raised a KeyError."), check, [DOUBLED])
    assert crashed.message == "It is doubled. double raised a KeyError."


def test_two_mistakes_are_told_in_one_breath_and_both_are_counted():
    check = Matches("double", points=1, cases=lambda rng: [])
    negative = Known("negative", "It is negative.", "elsewhere", ("double/values",))
    found = named(Finding(Verdict.FAILED, 0.0, "The result is wrong."), check, [DOUBLED, negative])
    assert found.message.startswith("Two things: It is doubled. And: ")
    assert "It is negative." in found.message
    assert found.details["misconceptions"] == ["doubled", "negative"]


def test_a_hint_that_two_mistakes_share_is_given_once():
    check = Matches("train", points=1, cases=lambda rng: [])
    negative = Known("negative", "It is negative.", "double", ("double/values",))
    found = named(Finding(Verdict.FAILED, 0.0, "The result is wrong."), check, [DOUBLED, negative])
    assert found.hint == "Get double right first, and look here again."


def test_a_pair_of_mistakes_that_raises_tells_too_little():
    check = Matches("double", points=1, cases=lambda rng: [Case((np.arange(4.0),))])
    prepared = check.prepare({"double": lambda x: 2 * x}, np.random.default_rng(0))

    def run(function):
        return ScriptedSession({"double": function}).run(*program(check, prepared)).replies

    singles = {name: (print_of(np.full(4, 9.0)),) for name in "abc"}
    pairs = {("a", "b"): lambda x: 3 * x, ("a", "c"): lambda x: x["no"], ("b", "c"): lambda x: 2 * x}
    assert set(pair_prints(check, prepared, run, pairs, singles)) == {("a", "b")}


def test_what_builds_on_a_function_is_not_explained_by_a_mistake_that_its_own_check_excludes():
    negative = Known("negative", "It is negative.", "double", ("double/values",))
    known = {"doubled": DOUBLED, "negative": negative}
    below = Evidence("double/values", True, False, ("double",), whole=(("negative",),))
    above = Evidence("train/values", True, False, ("train",), whole=(("doubled",), ("negative",)))
    assert explain([above], known)["train/values"] == ("doubled",)
    assert explain([below, above], known) == {"double/values": ("negative",), "train/values": ("negative",)}


def test_what_builds_on_a_function_is_not_explained_by_a_mistake_that_its_passed_checks_exclude():
    above = Evidence("train/values", True, False, ("train",), whole=(("doubled",),))
    right = Evidence("double/values", True, True, ("double",))
    assert explain([right, above], {"doubled": DOUBLED}) == {}
    # ... but a check that does not call the function says nothing of it.
    elsewhere = Evidence("double/values", True, True, ("other",))
    assert explain([elsewhere, above], {"doubled": DOUBLED}) == {"train/values": ("doubled",)}


def test_an_exception_beside_parts_that_were_not_kept_is_no_sign_of_the_mistake_that_raises_it():
    def train(x):
        return sum(double(x))

    def double(x):
        return 2 * x

    class Raises:
        functions = ("double",)

    def run(_):
        def fails(x):
            raise ValueError("two shapes do not fit")

        return ScriptedSession({"train": fails}).run(*program(check, prepared)).replies

    check = Matches("train", points=1, cases=lambda rng: [Case((np.arange(n, dtype=float),)) for n in range(2, 9)])
    prepared = check.prepare({"train": train}, np.random.default_rng(0))
    variants = prints(check, prepared, run, {"raises": Raises()})
    assert "?" in variants["raises"]
    came = parts(check, prepared, run(None))
    whole, weak = explanations(came, variants, dict)
    assert whole == (("raises",),)
    assert weak == {"raises"}
    known = {"raises": Known("raises", "It raises.", "double", ())}
    assert explain([Evidence("train/values", True, False, ("train",), whole=whole, weak=weak)], known) == {}
