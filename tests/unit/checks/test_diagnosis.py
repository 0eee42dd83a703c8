"""Which variants explain what came back."""

import numpy as np

from autograder.checks.diagnosis import explanations
from autograder.checks.parts import WARNED, Part, print_of

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
