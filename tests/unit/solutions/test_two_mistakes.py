"""Two mistakes of one function, made together, are both told: where each acts by itself, and where they mix."""

import itertools
from pathlib import Path

import pytest
from unit.solutions.in_process import MISCONCEPTIONS, edited, lost

from autograder.grading.one import grade
from autograder.grading.public import load_public
from autograder.misconceptions import both, submission
from autograder.sandbox.scripted import ScriptedSandbox
from solutions.reference import FUNCTIONS
from solutions.rubric import rubric

PUBLIC = Path(__file__).parents[3] / "assignment" / "python" / "public_checks.json"

BESIDE = [("dgamma-mean", "dbeta-not-summed"), ("dgamma-from-x", "dx-gamma-forgotten")]
"""Each acts on a part of its own."""

MIXED = [
    ("affine-dw-transposed", "affine-gradients-in-another-order"),
    ("features-all-pairs", "features-after-products"),
    ("label-term-added", "loss-over-the-batch"),
    ("label-probability-missing", "loss-over-the-batch"),
    ("dscores-sign", "label-term-for-every-class"),
    ("label-of-the-class-number", "loss-of-the-best-class"),
    ("loss-over-the-batch", "dscores-divided-by-n-twice"),
    ("logistic-mean", "logistic-gradient-sign"),
    ("sigmoid-applied-again", "sigmoid-derivative-half"),
    ("tanh-derivative-of-x", "tanh-derivative-sign"),
    ("maxout-smallest-piece", "maxout-bias-forgotten"),
    ("mean-image-of-the-test-set", "mean-image-one-number"),
    ("statistics-variances", "statistics-always-tanh"),
    ("unbiased-variance", "eps-outside-root"),
    ("mean-not-subtracted", "root-of-the-variance-forgotten"),
    ("beta-before-gamma", "eps-left-out"),
    ("dx-mean-sign", "dx-variance-taken-as-constant"),
    ("dx-eps-left-out", "dx-mean-not-divided-by-m"),
    ("dx-half-forgotten", "dx-gamma-forgotten"),
    ("dgamma-a-matrix", "dgamma-and-dbeta-swapped"),
    ("cache-in-another-order", "dx-mean-sign"),
    ("undo-unbiased", "undo-returned-in-another-order"),
    ("population-number-of-batches", "population-factor-inverted"),
    ("fold-without-eps", "fold-sign-of-the-mean"),
    ("step-uphill", "step-of-the-weights-alone"),
    ("freeze-biased", "freeze-feeds-frozen-layers"),
]
"""Both act on the same numbers, each on what the other leaves."""


def checks_of(name):
    """Those of the task that the mistake is in."""
    first = MISCONCEPTIONS[name].fails[0].split("/")[0]
    return {f"{task.name}/{check.name}" for task in rubric.tasks for check in task.checks if task.name == first}


def told(found):
    """Of each check that names mistakes, which."""
    return {
        where: set(check.details["misconceptions"])
        for where, check in found.items()
        if check.details.get("misconceptions")
    }


@pytest.mark.parametrize("names", [*BESIDE, *MIXED], ids="+".join)
def test_both_are_told_and_nothing_else(names):
    found = lost(edited(*names), checks_of(names[0]))
    named = told(found)
    assert set().union(*named.values()) == set(names)
    together = [found[where] for where, its in named.items() if its == set(names)]
    assert together
    for check in together:
        assert all(MISCONCEPTIONS[name].sentence in check.message for name in names)


@pytest.mark.parametrize("name", sorted({name for names in MIXED for name in names}))
def test_one_alone_is_told_alone(name):
    assert set(map(frozenset, told(lost(edited(name), checks_of(name))).values())) == {frozenset([name])}


@pytest.mark.parametrize("names", MIXED[::4], ids="+".join)
def test_a_student_s_machine_says_the_same_of_two_mistakes(names):
    functions = edited(*names)
    here = grade(submission(FUNCTIONS, rubric.layout), load_public(PUBLIC).sheet(), ScriptedSandbox(functions))
    there = lost(
        functions, [f"{task.name}/{check.name}" for task in rubric.tasks for check in task.checks if check.visible]
    )
    said = {
        f"{task.name}/{check.name}": (check.message, check.hint, check.details.get("misconceptions"))
        for task in here.tasks
        for check in task.checks
        if check.score < check.max_score
    }
    assert said == {
        where: (check.message, check.hint, check.details.get("misconceptions")) for where, check in there.items()
    }
    assert set(names) in told(there).values()


def test_what_builds_on_a_function_is_told_no_mistake_that_its_own_checks_do_not_have():
    # Both crash in the same way there.
    names = ("affine-dw-transposed", "network-weight-decay")
    named = told(lost(edited(*names), [*MISCONCEPTIONS[names[0]].fails, *MISCONCEPTIONS[names[1]].fails]))
    assert named["affine/gradient"] == {names[0]}
    assert set().union(*named.values()) <= set(names)


def test_what_no_two_mistakes_make_is_not_told_as_two():
    # Nearly what two mistakes make, and nearly what one makes.
    def backward(dout, cache):
        dx, dgamma, dbeta = edited("dx-mean-sign", "dx-variance-taken-as-constant")["batchnorm_backward"](dout, cache)
        return dx * (1 + 1e-6), dgamma, dbeta

    assert told(lost({**FUNCTIONS, "batchnorm_backward": backward}, ["batchnorm_backward/x"])) == {}


def test_there_are_many_that_can_be_made_together():
    pairs = itertools.combinations(rubric.misconceptions, 2)
    assert sum(one.function == other.function and both(one, other) is not None for one, other in pairs) > 1000
