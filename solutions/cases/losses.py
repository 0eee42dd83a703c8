"""Cases for the softmax, its loss, and the logistic loss."""

from __future__ import annotations

import numpy as np

from autograder.checks.base import Case

from .drawing import Floats, fortran, labels, strided

__all__ = [
    "label_underflows",
    "logistic_corners",
    "logistic_far",
    "logistic_ordinary",
    "logistic_tall",
    "loss_corners",
    "loss_huge",
    "loss_ordinary",
    "loss_tall",
    "row_apart",
    "scores_corners",
    "scores_huge",
    "scores_ordinary",
    "scores_tall",
]

HUGE = 1e4


def scores(rng: np.random.Generator, N: int, C: int) -> Floats:
    """Scores ``(N,C)`` whose probabilities are neither all alike nor all 0 and 1."""
    return rng.normal(scale=1.5, size=(N, C))


def loss(rng: np.random.Generator, N: int, C: int, note: str = "", *, last: bool = True) -> Case:
    """Scores ``(N,C)`` and labels ``(N,)``."""
    return Case((scores(rng, N, C), labels(rng, N, C, last=last)), note=note)


def scores_ordinary(rng: np.random.Generator) -> list[Case]:
    """Fewer classes than samples, and more."""
    return [Case((scores(rng, 5, 3),)), Case((scores(rng, 4, 7),))]


def scores_corners(rng: np.random.Generator) -> list[Case]:
    """One sample, two classes, many classes, an array that is not contiguous."""
    return [
        Case((scores(rng, 1, 4),), note="N = 1"),
        Case((scores(rng, 7, 2),), note="two classes"),
        Case((scores(rng, 3, 12),), note="more classes than samples"),
        Case((strided(scores(rng, 6, 5)),), note="an array that is not contiguous"),
    ]


def scores_huge(rng: np.random.Generator) -> list[Case]:
    """Scores near 10⁴, near −10⁴, both in one row, and each in a row of its own."""
    mixed = scores(rng, 5, 4) + rng.permuted(np.tile([HUGE, HUGE, -HUGE, 0.0], (5, 1)), axis=1)
    rows = rng.permutation([HUGE, -HUGE, 0.0])[:, None]
    return [
        Case((scores(rng, 3, 4) + HUGE,), note="scores near 10⁴"),
        Case((scores(rng, 4, 6) - HUGE,), note="scores near −10⁴"),
        Case((mixed,), note="scores of 10⁴ and −10⁴ in one row"),
        Case((scores(rng, 3, 5) + rows,), note="rows of scores near 10⁴ and near −10⁴"),
    ]


def scores_tall(rng: np.random.Generator) -> list[Case]:
    """Many samples."""
    return [Case((scores(rng, 1000, 10),), note="many samples")]


def loss_ordinary(rng: np.random.Generator) -> list[Case]:
    """Fewer classes than samples, and more."""
    return [loss(rng, 5, 3), loss(rng, 3, 4)]


def loss_corners(rng: np.random.Generator) -> list[Case]:
    """One sample, two classes, many (the last of them absent), labels that repeat, arrays that are not contiguous."""
    return [
        loss(rng, 1, 4, "N = 1", last=False),
        loss(rng, 6, 2, "two classes"),
        loss(rng, 2, 11, "more classes than samples", last=False),
        Case((fortran(scores(rng, 5, 4)), labels(rng, 5, 4)), note="scores laid out column by column"),
        Case((strided(scores(rng, 4, 3)), np.full(4, rng.integers(3))), note="one label for all"),
    ]


def loss_huge(rng: np.random.Generator) -> list[Case]:
    """Scores near 10⁴ and near −10⁴, the label's among them."""
    return [
        Case((scores(rng, 4, 3) + HUGE, labels(rng, 4, 3)), note="scores near 10⁴"),
        Case((scores(rng, 3, 5) - HUGE, labels(rng, 3, 5)), note="scores near −10⁴"),
    ]


def label_underflows(rng: np.random.Generator) -> list[Case]:
    """The label's score is so far below the highest that its probability is 0 in double precision.

    The loss is then the distance itself (1453, say), neither infinite nor what a clip makes of it.
    """
    cases = []
    for N, C in ((1, 3), (4, 5)):
        s, y = scores(rng, N, C), labels(rng, N, C)
        s[0, y[0]] -= rng.uniform(1000, 2000)
        cases.append(Case((s, y), note="a label whose probability underflows"))
    s, y = scores(rng, 3, 4), labels(rng, 3, 4)
    s[np.arange(3), (y + 1) % 4] += HUGE
    return [*cases, Case((s, y), note="another class's score is 10⁴ higher")]


def row_apart(rng: np.random.Generator) -> list[Case]:
    """One sample's scores are all far above, or far below, those of the others."""
    cases = []
    for shift, note in ((HUGE, "one row far above the others"), (-HUGE, "one row far below the others")):
        s = scores(rng, 4, 3)
        s[rng.integers(4)] += shift
        cases.append(Case((s, labels(rng, 4, 3)), note=note))
    return cases


def loss_tall(rng: np.random.Generator) -> list[Case]:
    """Many samples."""
    return [loss(rng, 1000, 10, "many samples")]


def logistic(rng: np.random.Generator, N: int, D: int, note: str = "") -> Case:
    """``theta (D,)``, ``X (N,D)`` and labels ``(N,)`` of 0 and 1, both of which occur where N > 1."""
    return Case((rng.normal(size=D), rng.normal(size=(N, D)), labels(rng, N, 2)), note=note)


def logistic_ordinary(rng: np.random.Generator) -> list[Case]:
    """Fewer features than samples, and more; labels as integers and as floats."""
    theta, X, y = logistic(rng, 4, 5).args
    return [logistic(rng, 6, 3), Case((theta, X, y.astype(np.float64)), note="labels as floats")]


def logistic_corners(rng: np.random.Generator) -> list[Case]:
    """One sample, one feature, one class alone, arrays that are not contiguous."""
    theta, X, y = logistic(rng, 5, 2).args
    return [
        logistic(rng, 1, 4, "N = 1"),
        logistic(rng, 7, 1, "D = 1"),
        Case((theta, X, np.zeros(5, dtype=np.int64)), note="labels all 0"),
        Case((theta, X, np.ones(5)), note="labels all 1, as floats"),
        Case((strided(theta), fortran(X), y), note="arrays that are not contiguous"),
    ]


def logistic_far(rng: np.random.Generator) -> list[Case]:
    """Samples labelled rightly and wrongly where σ is 0 or 1 in double precision, and where only 1 − σ is 0.

    Near ±10³ every exponential overflows; between 40 and 600 none does.
    """
    sides, labelled = np.array([1.0, 1.0, -1.0, -1.0]), np.array([0, 1, 0, 1])
    far = at_products(rng, rng.uniform(800, 1000, size=4) * sides)
    between = at_products(
        rng, np.array([rng.uniform(low, high, size=4) for low, high in ((40, 120), (120, 600))]) * sides
    )
    return [
        Case((*far, labelled), note="x_i θ near ±10³"),
        Case((*between, np.tile(labelled, 2)), note="|x_i θ| between 40 and 600"),
    ]


def at_products(rng: np.random.Generator, due: Floats) -> tuple[Floats, Floats]:
    """``theta (3,)`` and ``X (N,3)`` with the products ``X @ theta`` that are due."""
    theta, X = rng.normal(size=3), rng.normal(size=(due.size, 3))
    # A point on the line along θ that gives the due product, and a step at right angles to it.
    X += np.outer((due.ravel() - X @ theta) / (theta @ theta), theta)
    return theta, X


def logistic_tall(rng: np.random.Generator) -> list[Case]:
    """Many samples."""
    return [logistic(rng, 3000, 4, "many samples")]
