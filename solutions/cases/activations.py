"""Cases for the activation functions."""

from __future__ import annotations

import numpy as np

from autograder.checks.base import Case

from .drawing import Floats, clear_of_zero, fortran, strided

__all__ = [
    "kinked_corners",
    "kinked_ordinary",
    "leaky_slopes",
    "maxout_corners",
    "maxout_ordinary",
    "maxout_tall",
    "prelu_corners",
    "prelu_ordinary",
    "prelu_tall",
    "saturated",
    "smooth_corners",
    "smooth_ordinary",
]

MARGIN = 0.1


def smooth_ordinary(rng: np.random.Generator) -> list[Case]:
    """Where σ and tanh bend."""
    return [Case((rng.normal(scale=1.5, size=(4, 3)),)), Case((rng.normal(scale=1.5, size=(2, 5)),))]


def smooth_corners(rng: np.random.Generator) -> list[Case]:
    """One sample, one feature, an array that is not contiguous."""
    return [
        Case((rng.normal(scale=2, size=(1, 4)),), note="N = 1"),
        Case((rng.normal(scale=2, size=(5, 1)),), note="D = 1"),
        Case((fortran(rng.normal(size=(3, 2))),), note="an array laid out column by column"),
        Case((strided(rng.normal(size=(2, 3))),), note="an array that is not contiguous"),
    ]


def saturated(rng: np.random.Generator) -> list[Case]:
    """Both of ±10³ beside ordinary ones, and where 1 − σ begins to vanish."""
    x = rng.normal(size=(4, 3))
    x[rng.permutation(4)[:2], rng.permutation(3)[:2]] = 1e3, -1e3
    return [
        Case((x,), note="x of ±10³"),
        Case((rng.choice([-1.0, 1.0], size=(3, 5)) * rng.uniform(700, 1000, size=(3, 5)),), note="|x| above 700"),
        Case((rng.uniform(-40, 40, size=(5, 2)),), note="|x| up to 40"),
    ]


def kinked_ordinary(rng: np.random.Generator) -> list[Case]:
    """Both sides of the kink at 0."""
    return [Case((clear_of_zero(rng, 4, 3),)), Case((clear_of_zero(rng, 2, 5),))]


def kinked_corners(rng: np.random.Generator) -> list[Case]:
    """One sample, one feature, all below zero, an array that is not contiguous."""
    return [
        Case((clear_of_zero(rng, 1, 6),), note="N = 1"),
        Case((clear_of_zero(rng, 5, 1),), note="D = 1"),
        Case((-np.abs(clear_of_zero(rng, 3, 2)),), note="all x < 0"),
        Case((fortran(clear_of_zero(rng, 4, 5)),), note="an array laid out column by column"),
        Case((strided(clear_of_zero(rng, 3, 4)),), note="an array that is not contiguous"),
    ]


def leaky_slopes(rng: np.random.Generator) -> list[Case]:
    """A slope that is given, between 0 and 1."""
    return [
        Case((clear_of_zero(rng, N, D),), {"slope": float(rng.uniform(low, low + 0.2))}, note="slope given")
        for N, D, low in ((3, 4, 0.1), (5, 2, 0.6))
    ]


def prelu(rng: np.random.Generator, N: int, D: int, note: str = "") -> Case:
    """``x (N,D)`` and ``alpha (D,)``, each between 0 and 1."""
    return Case((clear_of_zero(rng, N, D), rng.uniform(0.05, 0.9, size=D)), note=note)


def prelu_ordinary(rng: np.random.Generator) -> list[Case]:
    """Fewer features than samples, and more."""
    return [prelu(rng, 5, 3), prelu(rng, 2, 4)]


def prelu_corners(rng: np.random.Generator) -> list[Case]:
    """One sample, one feature, arrays that are not contiguous."""
    x, alpha = prelu(rng, 4, 5).args
    return [
        prelu(rng, 1, 6, "N = 1"),
        prelu(rng, 7, 1, "D = 1"),
        Case((fortran(x), strided(alpha)), note="arrays that are not contiguous"),
    ]


def prelu_tall(rng: np.random.Generator) -> list[Case]:
    """Many samples, and many features."""
    return [prelu(rng, 3000, 3, "many samples"), prelu(rng, 3, 3000, "many features")]


def maxout(rng: np.random.Generator, k: int, N: int, D: int, H: int, note: str = "") -> Case:
    """``x (N,D)``, ``W (k,D,H)``, ``b (k,H)``, the first piece ahead of the second by ``MARGIN`` or more.

    All pieces of the first unit are negative: who begins the maximum with 0 is wrong there, and not by chance.
    """
    while True:
        W, b = rng.normal(size=(k, D, H)), rng.normal(size=(k, H))
        candidates = rng.normal(size=(8 * N, D))
        x = candidates[lead(candidates, W, b) >= MARGIN][:N]
        if len(x) == N:
            b[:, 0] -= (x @ W[:, :, 0].T + b[:, 0]).max() + 0.5
            return Case((x, W, b), note=note)


def lead(x: Floats, W: Floats, b: Floats) -> Floats:
    """How far, for each sample, the largest piece is ahead of the next in the unit where it is closest."""
    pieces = np.sort(np.einsum("nd,kdh->nkh", x, W) + b, axis=1)
    closest: Floats = (pieces[:, -1] - pieces[:, -2]).min(axis=-1)
    return closest


def maxout_ordinary(rng: np.random.Generator) -> list[Case]:
    """Three pieces, and two."""
    return [maxout(rng, 3, 5, 4, 2), maxout(rng, 2, 3, 5, 4)]


def maxout_corners(rng: np.random.Generator) -> list[Case]:
    """One sample, one feature, five pieces, arrays that are not contiguous."""
    x, W, b = maxout(rng, 3, 4, 2, 5).args
    return [
        maxout(rng, 2, 1, 4, 3, "N = 1"),
        maxout(rng, 3, 5, 1, 2, "D = 1"),
        maxout(rng, 5, 4, 3, 2, "k = 5"),
        Case((fortran(x), strided(W), fortran(b)), note="arrays that are not contiguous"),
    ]


def maxout_tall(rng: np.random.Generator) -> list[Case]:
    """Many samples."""
    x, W, b = rng.normal(size=(3000, 3)), rng.normal(size=(2, 3, 4)), rng.normal(size=(2, 4))
    return [Case((x, W, b), note="many samples")]
