import numpy as np
import pytest

from autograder.errors import RubricError
from autograder.misconceptions import Variants, both, overlaid, submission
from solutions.reference import FUNCTIONS, activations, batchnorm, linear
from solutions.rubric import rubric

ONES = np.ones((2, 3)), np.ones((3, 4)), np.ones(4)


def no_bias():
    edits = {"affine_forward": ("x @ W + b", "x @ W")}
    return Variants(linear)("no-bias", "The bias is missing.", edits, fails="affine: forward purity; train: purity")


def test_an_edit_makes_code_that_names_its_function_and_its_checks():
    misconception = no_bias()
    assert "out = x @ W  #" in misconception.source
    assert '"""' not in misconception.source
    assert misconception.functions == ("affine_forward",)
    assert misconception.fails == ("affine/forward", "affine/purity", "train/purity")


@pytest.mark.parametrize("old", ["x @ V", "x"])
def test_an_edit_whose_text_is_not_there_once_is_refused(old):
    with pytest.raises(RubricError, match=r"wrong-one: affine_forward has . times the text"):
        Variants(linear)("wrong-one", "No.", {"affine_forward": (old, "y")}, fails="affine: forward")


def test_an_edit_of_a_function_that_is_not_there_is_refused():
    with pytest.raises(RubricError, match="has no function 'affine'"):
        Variants(linear)("wrong-one", "No.", {"affine": ("x", "y")}, fails="affine: forward")


def test_an_edit_without_what_stands_for_it_is_refused():
    with pytest.raises(RubricError, match="wrong-one: the edits of affine_forward are no pairs"):
        Variants(linear)("wrong-one", "No.", {"affine_forward": ("x @ W", "x", "+ b")}, fails="affine: forward")


def test_checks_that_are_lost_with_some_seeds_are_kept_apart():
    made = Variants(linear)(
        "no-bias", "No.", {"affine_forward": ("+ b", "")}, fails="affine: forward corners?; train: x?"
    )
    assert made.fails == ("affine/forward",)
    assert made.perhaps == ("affine/corners", "train/x")


def test_checks_are_read_strictly():
    with pytest.raises(RubricError, match="'affine' is no 'task: check check'"):
        Variants(linear)("wrong-one", "No.", {"affine_forward": ("x @ W + b", "x")}, fails="affine")


def test_the_variant_takes_the_references_place_also_where_others_call_it():
    functions = overlaid(FUNCTIONS, [no_bias()])
    assert (functions["affine_forward"](*ONES)[0] == 3).all()
    params = {"W1": np.ones((3, 2)), "b1": np.ones(2)}
    assert (functions["network_scores"](params, ONES[0], "relu") == 3).all()
    assert (FUNCTIONS["network_scores"](params, ONES[0], "relu") == 4).all()
    assert (FUNCTIONS["affine_forward"](*ONES)[0] == 4).all()


def test_two_edits_in_different_places_make_a_third_variant():
    wrong = Variants(linear)
    mean = wrong("db-mean", "db is a mean.", {"affine_backward": ("np.sum(dout", "np.mean(dout")}, fails="affine: x")
    together = both(no_bias(), mean)
    assert together is not None
    assert together.functions == ("affine_forward", "affine_backward")
    functions = overlaid(FUNCTIONS, [together])
    out, cache = functions["affine_forward"](*ONES)
    assert (out == 3).all()
    assert (functions["affine_backward"](out, cache)[2] == 3).all()


def test_two_edits_of_one_text_or_of_two_modules_make_none():
    twice = Variants(linear)("twice", "Twice.", {"affine_forward": ("+ b", "+ 2 * b")}, fails="affine: forward")
    relu = Variants(activations)("x", "X.", {"relu_forward": ("np.maximum(0, x)", "x")}, fails="relu: forward")
    assert both(no_bias(), twice) is None
    assert both(no_bias(), relu) is None


def test_code_of_its_own_may_call_what_it_replaces():
    code = """
        _before = affine_forward

        def affine_forward(x, W, b):
            out, cache = _before(x, W, b)
            return -out, cache
    """
    minus = Variants(linear)("minus", "Minus.", code=code, functions=["affine_forward"], fails="affine: forward")
    assert (overlaid(FUNCTIONS, [minus])["affine_forward"](*ONES)[0] == -4).all()


def test_an_edited_helper_changes_what_calls_it():
    edits = {"batchnorm_forward": ("np.mean(x, axis=0)", "np.mean(x)")}
    wrong = Variants(batchnorm)("whole", "Whole.", edits, fails="batchnorm_forward: forward")
    source = submission(FUNCTIONS, rubric.layout, [wrong])
    assert source.files["nn/batchnorm.py"].endswith(wrong.source.encode())
    assert source.sha256 != submission(FUNCTIONS, rubric.layout).sha256
