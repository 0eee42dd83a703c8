"""What the generators of cases have in common: numbers drawn so that a right answer is beyond doubt.

Shapes are fixed and values are drawn, so that no submission meets a harder case than another.  The
sizes within one case all differ: a transpose or a mean over the wrong axis can't hide.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["Floats", "Ints", "clear_of_zero", "fortran", "labels", "nonzero", "strided"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def clear_of_zero(rng: np.random.Generator, *shape: int) -> Floats:
    """Both signs, 0.1 or more away from 0: a kink's convention is never marked."""
    x: Floats = rng.normal(size=shape)
    return x + np.copysign(0.1, x)


def nonzero(rng: np.random.Generator, *shape: int) -> Floats:
    """Both signs, absolute values from 0.5 to 2: factors such as γ, which is never 0."""
    signs: Floats = rng.choice([-1.0, 1.0], size=shape)
    return signs * rng.uniform(0.5, 2.0, size=shape)


def labels(rng: np.random.Generator, N: int, C: int, *, last: bool = True) -> Ints:
    """``N`` labels below ``C``, as different as can be: with one class alone, many bugs can't be seen.

    The last class is one of them, or (where ``N < C``) it is not.  Who counts the classes by the labels that occur is
    wrong in the second case alone, and not by chance.
    """
    fewer = max(C - N, 0)
    offset = int(rng.integers(fewer, C) if last else rng.integers(fewer))
    return rng.permutation((np.arange(N, dtype=np.int64) + offset) % C)


def fortran(x: Floats) -> Floats:
    """The same numbers, laid out column by column."""
    return np.asfortranarray(x)


def strided(x: Floats) -> Floats:
    """The same numbers as every other element of a larger buffer: contiguous in no order."""
    buffer: Floats = np.repeat(x, 2, axis=-1)
    return buffer[..., ::2]
