"""Cases for the initialisers and for the experiment on what they do to a deep network."""

from __future__ import annotations

import itertools

import numpy as np

from autograder.checks.base import Case
from autograder.sandbox.wire import Rng

from .drawing import Floats, fortran, strided

__all__ = [
    "bias_sizes",
    "deep_statistics",
    "fans",
    "fans_and_std",
    "other_bias_sizes",
    "other_fans",
    "other_fans_and_std",
    "other_statistics",
    "relu_statistics",
    "seed",
    "smooth_statistics",
    "statistics_tall",
    "zero_shapes",
]

TALL, FLAT = ((140, 160), (50, 70)), ((40, 60), (190, 210))
OTHER_TALL, OTHER_FLAT = ((230, 250), (35, 45)), ((60, 80), (125, 135))
"""From which to which ``fan_in`` and ``fan_out`` are drawn."""


def seed(rng: np.random.Generator) -> Rng:
    """The students' generator."""
    return Rng(int(rng.integers(2**32)))


def zero_shapes(rng: np.random.Generator) -> list[Case]:
    """Some shapes, a single weight's among them; the first out of so many that it is seldom drawn twice."""
    return [Case((int(rng.integers(2, 30)), int(rng.integers(30, 90)))), Case((5, 1)), Case((1, 1))]


def shape(rng: np.random.Generator, ranges: tuple[tuple[int, int], ...]) -> tuple[int, ...]:
    """``(fan_in, fan_out)``, each in its range."""
    return tuple(int(rng.integers(*each)) for each in ranges)


def fans(rng: np.random.Generator) -> list[Case]:
    """More inputs than outputs, and fewer: where they are equal, fan_out for fan_in can't be seen."""
    return [Case((*shape(rng, ranges), seed(rng))) for ranges in (TALL, FLAT)]


def other_fans(rng: np.random.Generator) -> list[Case]:
    """The same at other sizes."""
    return [Case((*shape(rng, ranges), seed(rng))) for ranges in (OTHER_TALL, OTHER_FLAT)]


def fans_and_std(rng: np.random.Generator) -> list[Case]:
    """A small and a large standard deviation: near 1 it can't be told from the variance."""
    return [
        Case((*shape(rng, TALL), float(rng.uniform(0.005, 0.02)), seed(rng))),
        Case((*shape(rng, FLAT), float(rng.uniform(2.5, 4.0)), seed(rng))),
    ]


def other_fans_and_std(rng: np.random.Generator) -> list[Case]:
    """The same, drawn."""
    return [
        Case((*shape(rng, OTHER_FLAT), float(rng.uniform(0.02, 0.3)), seed(rng))),
        Case((*shape(rng, OTHER_TALL), float(rng.uniform(2.0, 5.0)), seed(rng))),
    ]


def bias_sizes(rng: np.random.Generator) -> list[Case]:
    """Several units, and one."""
    return [Case((int(rng.integers(2, 90)),)), Case((1,))]


def other_bias_sizes(rng: np.random.Generator) -> list[Case]:
    """More units."""
    return [Case((int(rng.integers(90, 150)),)), Case((int(rng.integers(150, 300)),))]


def statistics(
    rng: np.random.Generator, N: int, widths: tuple[int, ...], activation: str, gain: float = 1.5, note: str = ""
) -> Case:
    """``x (N, widths[0])`` and weights of standard deviation ``gain/√fan_in`` between the widths."""
    weights = [
        rng.normal(scale=gain / np.sqrt(fan_in), size=(fan_in, fan_out))
        for fan_in, fan_out in itertools.pairwise(widths)
    ]
    return Case((rng.normal(size=(N, widths[0])), weights, activation), note=note)


def relu_statistics(rng: np.random.Generator) -> list[Case]:
    """Three layers of unequal width."""
    return [statistics(rng, 5, (4, 6, 3, 7), "relu")]


def smooth_statistics(rng: np.random.Generator) -> list[Case]:
    """Two and three layers."""
    return [statistics(rng, 6, (5, 3, 4), "tanh"), statistics(rng, 3, (2, 5, 4, 6), "sigmoid")]


def other_statistics(rng: np.random.Generator) -> list[Case]:
    """One layer, one sample, a layer of one unit, arrays that are not contiguous."""
    x, weights, activation = statistics(rng, 4, (6, 5, 3), "relu").args
    return [
        statistics(rng, 4, (3, 5), "tanh", note="one layer"),
        statistics(rng, 1, (4, 3, 5), "sigmoid", note="N = 1"),
        statistics(rng, 6, (5, 1, 4), "tanh", note="a layer of one unit"),
        Case((strided(x), [fortran(W) for W in weights], activation), note="arrays that are not contiguous"),
    ]


def deep_statistics(rng: np.random.Generator) -> list[Case]:
    """Ten layers: vanishing (small weights) and saturating (large ones), as in the lecture's experiment."""
    return [
        statistics(rng, 9, (12,) * 11, "tanh", gain=0.6, note="ten layers that vanish"),
        statistics(rng, 11, (8,) * 11, "tanh", gain=5.0, note="ten layers that saturate"),
        statistics(rng, 7, (10,) * 11, "relu", gain=1.4, note="ten layers of relu"),
    ]


def statistics_tall(rng: np.random.Generator) -> list[Case]:
    """Many samples."""
    weights: list[Floats] = [rng.normal(size=(3, 5)), rng.normal(size=(5, 2))]
    return [Case((rng.normal(size=(3000, 3)), weights, "relu"), note="many samples")]
