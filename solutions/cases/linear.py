"""Cases for the affine layer and the quadratic features."""

from __future__ import annotations

import numpy as np

from autograder.checks.base import Case

from .drawing import fortran, strided

__all__ = [
    "affine_corners",
    "affine_ordinary",
    "affine_tall",
    "features_corners",
    "features_once",
    "features_ordinary",
    "features_tall",
]


def affine(rng: np.random.Generator, N: int, D: int, H: int, note: str = "") -> Case:
    """``x (N,D)``, ``W (D,H)``, ``b (H,)``."""
    return Case((rng.normal(size=(N, D)), rng.normal(size=(D, H)), rng.normal(size=H)), note=note)


def affine_ordinary(rng: np.random.Generator) -> list[Case]:
    """Fewer units than samples, and more."""
    return [affine(rng, 5, 4, 3), affine(rng, 2, 3, 6)]


def affine_corners(rng: np.random.Generator) -> list[Case]:
    """One sample, one feature, arrays that are not contiguous."""
    x, W, b = affine(rng, 4, 5, 2).args
    return [
        affine(rng, 1, 4, 3, "N = 1"),
        affine(rng, 5, 1, 3, "D = 1"),
        Case((fortran(x), strided(W), strided(b)), note="arrays that are not contiguous"),
    ]


def affine_tall(rng: np.random.Generator) -> list[Case]:
    """Many samples."""
    return [affine(rng, 3000, 4, 3, "many samples")]


def features_ordinary(rng: np.random.Generator) -> list[Case]:
    """Fewer features than samples, and more."""
    return [Case((rng.normal(size=(4, 3)),)), Case((rng.normal(size=(3, 5)),))]


def features_once(rng: np.random.Generator) -> list[Case]:
    """A few samples."""
    return [Case((rng.normal(size=(3, 4)),))]


def features_corners(rng: np.random.Generator) -> list[Case]:
    """One sample, one feature, two features, an array that is not contiguous."""
    return [
        Case((rng.normal(size=(1, 4)),), note="N = 1"),
        Case((rng.normal(size=(3, 1)),), note="D = 1"),
        Case((rng.normal(size=(5, 2)),), note="D = 2"),
        Case((strided(rng.normal(size=(2, 6))),), note="an array that is not contiguous"),
    ]


def features_tall(rng: np.random.Generator) -> list[Case]:
    """Many samples."""
    return [Case((rng.normal(size=(2000, 4)),), note="many samples")]
