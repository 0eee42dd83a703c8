r"""Numerical derivatives by Richardson extrapolation, from points that are known beforehand.

For a function :math:`f` along a line :math:`x + h d` the estimates are, for each step :math:`h_k`,

.. math:: D_k = \frac{f(x + h_k d) - f(x - h_k d)}{2 h_k} = f'(x) + c_1 h_k^2 + c_2 h_k^4 + …

and the powers of :math:`h` are eliminated one after the other (Richardson 1911; Ridders 1982, *Advances in
Engineering Software* 4(2), which also gives the error estimate: how much an entry of the tableau differs from
the two that it was made of).  The best entry is the one with the smallest estimated error.

Why this, and not ``scipy.differentiate.derivative``: that one chooses its next points from the values so far,
so that each iteration would be a conversation with the sandbox, and on a function with a kink nearby it is
wrong by percents where this one is right to 1e-10 (``python benchmarks/derivatives.py`` prints both).  Four
things make the difference:

* The steps span four and a half decades by factors of 8, so that a few of them lie between the nearest
  kink and the rounding, and twelve evaluations a line suffice.
* Steps are powers of two and directions have five bits, so that ``x + h*d`` is exact even where x is
  10⁴ times as large as its own variation.
* The one-sided differences, which use the same points, are extrapolated too (with all powers of h).
  Where a kink lies on one side, the other side gives the derivative.
* Steps are in units of the argument's own spread (:func:`scales`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["STEPS", "Slopes", "dot", "random_direction", "scales", "slopes", "unit_directions"]

Floats = npt.NDArray[np.float64]

RATIO = 8.0
_LADDER = tuple(2.0**-4 * RATIO**-k for k in range(6))

NOTHING = 1e-9
"""A spread this much smaller than the numbers themselves is rounding."""

STEPS: tuple[float, ...] = (*_LADDER, *(-h for h in _LADDER))
"""The steps at which :func:`slopes` needs the function, in this order."""


@dataclass(frozen=True)
class Slopes:
    """Derivatives along lines, estimated from both sides, from above and from below.

    Attributes:
        estimates: ``(3, lines)``.
        errors: ``(3, lines)``, the method's own estimates of the absolute errors; infinite where there
            is no estimate.
    """

    estimates: Floats
    errors: Floats

    @property
    def best(self) -> Floats:
        """The estimate with the smallest estimated error, ``(lines,)``."""
        chosen: Floats = np.take_along_axis(self.estimates, self._chosen, axis=0)[0]
        return chosen

    @property
    def error(self) -> Floats:
        """The estimated error of :attr:`best`, ``(lines,)``."""
        chosen: Floats = np.take_along_axis(self.errors, self._chosen, axis=0)[0]
        return chosen

    @property
    def _chosen(self) -> npt.NDArray[np.intp]:
        return np.expand_dims(np.argmin(self.errors, axis=0), 0)

    def agree(self, claimed: Any, size: Any, agrees: float, ceiling: float) -> npt.NDArray[np.bool_]:
        """Whether a claimed derivative is any of the three that are known well enough, ``(lines,)``.

        Any of them: within a step of a kink the one from the kink's own side is wrong.

        Args:
            claimed: the derivatives to be judged, ``(lines,)``.
            size: what the tolerances are relative to, ``(lines,)``.
            agrees: the error that is always allowed.
            ceiling: the error beyond which an estimate is no estimate.
        """
        with np.errstate(invalid="ignore"):
            allowed = np.clip(10 * self.errors, agrees * size, ceiling * size)
            near = np.abs(self.estimates - claimed) <= allowed
        fits: npt.NDArray[np.bool_] = (near & (self.errors <= ceiling * size)).any(axis=0)
        return fits

    def known(self, size: Any, ceiling: float) -> npt.NDArray[np.bool_]:
        """Whether there is an estimate at all, ``(lines,)``."""
        known: npt.NDArray[np.bool_] = self.error <= ceiling * size
        return known


def slopes(centre: Any, values: Any, weights: Any = 1.0) -> Slopes:
    """The derivatives of ``sum(weights * f)`` along lines.

    Args:
        centre: f at the point itself.
        values: f at :data:`STEPS` along each line, ``(lines, len(STEPS), *centre.shape)``.
        weights: as ``centre`` in shape, or a number.
    """
    values = np.asarray(values, dtype=np.float64)
    count, K = values.shape[0], len(_LADDER)
    values = values.reshape(count, 2 * K, -1)
    middle = np.asarray(centre, dtype=np.float64).reshape(-1)
    factors = np.broadcast_to(np.asarray(weights, dtype=np.float64), np.shape(centre)).reshape(-1)
    h = np.array(_LADDER)
    with np.errstate(all="ignore"):
        above, below = values[:, :K], values[:, K:]
        # Differences first, weights after: what f has in common at both ends then cancels exactly.
        forth = ((above - middle) @ factors / h).T
        back = ((middle - below) @ factors / h).T
        both = ((above - below) @ factors / (2 * h)).T
        rounding = 2.0**-54 * np.abs(middle * factors).sum() / h
        # What the three have in common is the table of differences; the powers of h differ.
        found = (
            _extrapolate(both, rounding, order=2),
            _extrapolate(forth, 2 * rounding, order=1),
            _extrapolate(back, 2 * rounding, order=1),
        )
    return Slopes(np.array([estimate for estimate, _ in found]), np.array([error for _, error in found]))


def _extrapolate(column: Floats, rounding: Floats, order: int) -> tuple[Floats, Floats]:
    """The best entry of the Richardson tableau and its estimated error, each ``(lines,)``.

    ``column (K, lines)`` are the plain differences at falling steps; their error is a series in
    ``h**order``; ``rounding (K,)`` is a lower bound of what rounding does to each.
    """
    best, least = column[0], np.full(column.shape[1], np.inf)
    for m in range(1, len(column)):
        factor = RATIO ** (order * m)
        refined = column[1:] + (column[1:] - column[:-1]) / (factor - 1)
        error = np.maximum(np.abs(refined - column[1:]), np.abs(refined - column[:-1])) + rounding[m:, None]
        error[~np.isfinite(error)] = np.inf
        row = np.argmin(error, axis=0)[None]
        candidate, its_error = np.take_along_axis(refined, row, 0)[0], np.take_along_axis(error, row, 0)[0]
        better = its_error < least
        best, least = np.where(better, candidate, best), np.where(better, its_error, least)
        column = refined
    return best, least


def scales(array: Any) -> Floats:
    """How far each element may be moved, as a power of two: its column's spread, at most 1.

    A column of one value is taken to spread as widely as the array, an array of one value as far as
    that value is from 0.
    """
    array = np.asarray(array, dtype=np.float64)
    size = np.abs(array).max(initial=0.0)
    spread = array.std(axis=0) if array.ndim > 1 else array.std()
    for wider in (array.std(), size, 1.0):
        spread = np.where(spread > NOTHING * size, spread, wider)
    powers: Floats = np.exp2(np.round(np.log2(np.minimum(spread, 1.0))))
    return np.broadcast_to(powers, array.shape)


def random_direction(array: Any, rng: np.random.Generator) -> Floats:
    """A random direction that moves every element by about its scale, in five bits."""
    steps: Floats = np.round(rng.standard_normal(np.shape(array)) * 8) / 8 * scales(array)
    return steps


def unit_directions(array: Any) -> list[Floats]:
    """A direction for each element, that moves it alone by its scale."""
    scale = scales(array)
    directions = []
    for index in np.ndindex(scale.shape):
        direction = np.zeros(scale.shape)
        direction[index] = scale[index]
        directions.append(direction)
    return directions


def dot(gradients: Sequence[Any], direction: Sequence[Any]) -> tuple[float, float]:
    """The derivative along a direction by the gradients, and the sum of its terms' absolute values."""
    terms = [np.asarray(g, dtype=np.float64) * d for g, d in zip(gradients, direction, strict=True)]
    return sum(float(t.sum()) for t in terms), sum(float(np.abs(t).sum()) for t in terms)
