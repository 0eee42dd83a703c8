"""Cases for batch normalization.

At ε = 1e-5 and unit variance a wrong ε is an error of a few 1e-6.  So some cases have a larger ε
and some a variance near it, where it is an error that nobody can miss.
"""

from __future__ import annotations

import numpy as np

from autograder.checks.base import Case

from .drawing import Floats, fortran, nonzero, strided

__all__ = [
    "batches_corners",
    "batches_ordinary",
    "batches_tall",
    "batches_tiny",
    "eps_given",
    "fold_corners",
    "fold_eps",
    "fold_ordinary",
    "forward_corners",
    "inference_corners",
    "inference_ordinary",
    "large_mean",
    "normalize_corners",
    "ordinary",
    "tall",
    "undo_corners",
    "undo_eps",
    "undo_once",
    "undo_ordinary",
    "variance_near_eps",
]

DEFAULT_EPS = 1e-5


def batch(rng: np.random.Generator, N: int, D: int, spread: float = 1.0) -> Floats:
    """A mini-batch ``(N,D)``: features of unequal mean, and of standard deviations round ``spread``."""
    stds = spread * rng.uniform(0.5, 2.0, size=D)
    x: Floats = rng.normal(size=D) * stds + stds * standardized(rng, N, D)
    return x


def standardized(rng: np.random.Generator, N: int, D: int) -> Floats:
    """Columns of mean 0 and, where N > 1, variance 1: no column is nearly constant by chance."""
    z: Floats = rng.normal(size=(N, D))
    z -= z.mean(axis=0)
    return z / z.std(axis=0) if N > 1 else z


def normalize(
    rng: np.random.Generator, N: int, D: int, eps: float | None = None, spread: float = 1.0, note: str = ""
) -> Case:
    """``x (N,D)``, ``gamma (D,)``, ``beta (D,)``, and ε by keyword where it is given."""
    kwargs = {} if eps is None else {"eps": eps}
    return Case((batch(rng, N, D, spread), nonzero(rng, D), rng.normal(size=D)), kwargs, note)


def ordinary(rng: np.random.Generator) -> list[Case]:
    """Fewer features than samples, and more."""
    return [normalize(rng, 6, 4), normalize(rng, 3, 5)]


def eps_given(rng: np.random.Generator) -> list[Case]:
    """ε of 1e-2 and more, given by keyword; less than any variance, so that one that is subtracted leaves a root."""
    return [normalize(rng, 5, 3, eps=eps, spread=spread, note="ε given") for eps, spread in ((0.01, 1), (0.7, 2))]


def variance_near_eps(rng: np.random.Generator) -> list[Case]:
    """The variance is about as large as ε: the default one, and one that is given."""
    given = float(rng.uniform(0.02, 0.5))
    return [
        normalize(rng, 7, 3, spread=np.sqrt(DEFAULT_EPS), note="variance near the default ε"),
        normalize(rng, 4, 5, eps=given, spread=np.sqrt(given), note="variance near a given ε"),
    ]


def forward_corners(rng: np.random.Generator) -> list[Case]:
    """One sample, whose variance is 0 and whose output is β, and what :func:`normalize_corners` has."""
    return [normalize(rng, 1, 4, note="N = 1"), *normalize_corners(rng)]


def normalize_corners(rng: np.random.Generator) -> list[Case]:
    """One feature, more features than samples, arrays that are not contiguous."""
    x, gamma, beta = normalize(rng, 5, 4).args
    return [
        normalize(rng, 6, 1, note="D = 1"),
        normalize(rng, 3, 7, eps=0.05, note="more features than samples"),
        Case((fortran(x), gamma, strided(beta)), note="an array laid out column by column"),
        Case((strided(x), strided(gamma), beta), {"eps": 0.1}, note="arrays that are not contiguous"),
    ]


def large_mean(rng: np.random.Generator) -> list[Case]:
    """The mean is 10⁴ standard deviations, of either sign."""
    cases = []
    for N, D in ((8, 3), (5, 6)):
        stds = rng.uniform(0.5, 2.0, size=D)
        x = stds * (standardized(rng, N, D) + 1e4 * rng.choice([-1.0, 1.0], size=D))
        cases.append(Case((x, nonzero(rng, D), rng.normal(size=D)), note="|mean| of 10⁴ standard deviations"))
    return cases


def tall(rng: np.random.Generator) -> list[Case]:
    """Many samples, and many features."""
    return [
        Case((rng.normal(size=(N, D)), np.full(D, 1.5), np.ones(D)), note=note)
        for N, D, note in ((3000, 3, "many samples"), (4, 2000, "many features"))
    ]


def undo_ordinary(rng: np.random.Generator) -> list[Case]:
    """Fewer features than samples, and more."""
    return [Case((batch(rng, 6, 4),)), Case((batch(rng, 3, 5),))]


def undo_once(rng: np.random.Generator) -> list[Case]:
    """A mini-batch."""
    return [Case((batch(rng, 4, 3),))]


def undo_eps(rng: np.random.Generator) -> list[Case]:
    """ε of 1e-2 and more, given by keyword."""
    return [Case((batch(rng, 5, 3),), {"eps": eps}, "ε given") for eps in (0.01, 0.7)]


def undo_corners(rng: np.random.Generator) -> list[Case]:
    """Variance near ε, two samples, one feature, an array that is not contiguous."""
    return [
        Case((batch(rng, 7, 3, np.sqrt(DEFAULT_EPS)),), note="variance near the default ε"),
        Case((batch(rng, 2, 4),), {"eps": 0.2}, note="two samples"),
        Case((batch(rng, 5, 1),), note="D = 1"),
        Case((strided(batch(rng, 6, 2)),), note="an array that is not contiguous"),
    ]


def batches(rng: np.random.Generator, B: int, m: int, D: int, note: str = "") -> Case:
    """Mini-batches ``(B,m,D)`` of unequal mean and unequal spread.

    With equal spread the mean of the standard deviations can't be told from the root of the mean of
    the variances; with equal means the variance of everything can't be told from either.
    """
    spreads = rng.permutation(np.geomspace(0.3, 3.0, B))[:, None, None]
    z = np.stack([standardized(rng, m, D) for _ in range(B)])
    return Case((rng.normal(size=(B, 1, D)) + spreads * z * rng.uniform(0.7, 1.4, size=D),), note=note)


def batches_ordinary(rng: np.random.Generator) -> list[Case]:
    """Batches of unequal spread: more batches than features, and fewer."""
    return [batches(rng, 4, 5, 3), batches(rng, 3, 6, 4)]


def batches_tiny(rng: np.random.Generator) -> list[Case]:
    """Two samples a batch, where m/(m−1) is 2; and three."""
    return [batches(rng, 5, 2, 3, "m = 2"), batches(rng, 4, 3, 5, "m = 3")]


def batches_corners(rng: np.random.Generator) -> list[Case]:
    """One batch, one feature, an array that is not contiguous."""
    (x,) = batches(rng, 5, 3, 4).args
    return [
        batches(rng, 1, 4, 3, "one batch"),
        batches(rng, 3, 5, 1, "D = 1"),
        batches(rng, 6, 2, 7, "m = 2"),
        Case((fortran(x),), note="an array that is not contiguous"),
    ]


def batches_tall(rng: np.random.Generator) -> list[Case]:
    """Many samples a batch, and many features."""
    return [
        Case((rng.normal(size=shape),), note=note)
        for shape, note in (((2, 2000, 3), "many samples"), ((2, 3, 2000), "many features"))
    ]


def fold(rng: np.random.Generator, D: int, eps: float | None = None, spread: float = 1.0, note: str = "") -> Case:
    """``gamma``, ``beta``, ``mean`` and ``var``, all ``(D,)``."""
    var = (spread * rng.uniform(0.5, 2.0, size=D)) ** 2
    kwargs = {} if eps is None else {"eps": eps}
    return Case((nonzero(rng, D), rng.normal(size=D), rng.normal(size=D), var), kwargs, note)


def fold_ordinary(rng: np.random.Generator) -> list[Case]:
    """A few features."""
    return [fold(rng, 4), fold(rng, 3, spread=2)]


def fold_eps(rng: np.random.Generator) -> list[Case]:
    """ε of 1e-2 and more, given by keyword."""
    return [fold(rng, 5, eps=eps, note="ε given") for eps in (0.01, 0.7)]


def fold_corners(rng: np.random.Generator) -> list[Case]:
    """Variance near ε, one feature, arrays that are not contiguous."""
    strides = tuple(strided(a) for a in fold(rng, 3).args)
    return [
        fold(rng, 5, spread=np.sqrt(DEFAULT_EPS), note="variance near the default ε"),
        fold(rng, 4, eps=0.2, spread=np.sqrt(0.2), note="variance near a given ε"),
        fold(rng, 1, note="D = 1"),
        Case(strides, note="arrays that are not contiguous"),
    ]


def inference(rng: np.random.Generator, N: int, D: int, note: str = "") -> Case:
    """``x (N,D)``, ``scale (D,)``, ``shift (D,)``."""
    return Case((rng.normal(size=(N, D)), nonzero(rng, D), rng.normal(size=D)), note=note)


def inference_ordinary(rng: np.random.Generator) -> list[Case]:
    """Fewer features than samples, and more."""
    return [inference(rng, 5, 3), inference(rng, 2, 4)]


def inference_corners(rng: np.random.Generator) -> list[Case]:
    """One sample, one feature, an array that is not contiguous."""
    x, scale, shift = inference(rng, 3, 5).args
    return [
        inference(rng, 1, 4, "N = 1"),
        inference(rng, 6, 1, "D = 1"),
        Case((strided(x), scale, strided(shift)), note="arrays that are not contiguous"),
    ]
