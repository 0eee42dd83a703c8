r"""Numerical derivatives by Richardson extrapolation, from points that are known beforehand.

For a function :math:`f` along a line :math:`x + h d` the estimates are, for each step :math:`h_k`,

.. math:: D_k = \frac{f(x + h_k d) - f(x - h_k d)}{2 h_k} = f'(x) + c_1 h_k^2 + c_2 h_k^4 + …

and the powers of :math:`h` are eliminated one after the other (Richardson 1911; Ridders 1982, *Advances in
Engineering Software* 4(2), which also gives the error estimate: how much an entry of the tableau differs from
the two that it was made of).  The best entry is the one with the smallest estimated error.

Why this, and not ``scipy.differentiate.derivative``: that one chooses its next points from the values so far,
so that each iteration would be a conversation with the sandbox, and with as many evaluations it is wrong by
percents where a kink is near, and by 1e-8 where a mean is large; this is right to 1e-9 there too
(``python benchmarks/derivatives.py`` prints both).  Five things make the difference:

* The steps lie close together where they are large, for accuracy on smooth functions, and span nearly five
  decades, so that some are always smaller than the distance from the nearest kink.
* Steps are powers of two and directions have few bits, so that ``x + h*d`` is exact even where x is
  10⁴ times as large as its own variation.
* The one-sided differences, which use the same points, are extrapolated too (with all powers of h).
  Where a kink lies on one side, the other side gives the derivative.
* Steps are in units of the argument's own spread (:func:`scales`).
* No function is taken to be more precise than 1,000 roundings (:data:`ROUNDING`), so that two small steps
  that agree by chance are not believed; one that computes in float32, than 8 of those
  (:data:`ROUNDING_IN_SINGLE`), of its arguments' too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

__all__ = [
    "FEW",
    "ROUNDING_IN_SINGLE",
    "STEPS",
    "STEP_OF_BEST",
    "Slopes",
    "magnitude",
    "random_direction",
    "rate",
    "scales",
    "settles",
    "slopes",
    "unit_directions",
]

H = np.exp2([-3.0, -4.0, -5.0, -7.0, -10.0, -14.0, -19.0])
K = len(H)

ROUNDING = 2.0**-44
"""The error that every value of a function is taken to have at least, relative to its size."""

ROUNDING_IN_SINGLE = 2.0**-21
"""The same for a function that computes in float32."""

NOTHING = 1e-9
"""A spread this much smaller than the numbers themselves is rounding."""

STEPS: tuple[float, ...] = (*H.tolist(), *(-H).tolist())
"""The steps at which :func:`slopes` needs the function, in this order."""

STEP_OF_BEST = float(H[1])
"""The largest step that an estimate's error through rounding is divided by."""

SHORT = (4, 5)
"""The steps of :data:`H`, by position, that are enough where nothing is wrong."""

FEW: tuple[float, ...] = (*H[SHORT,].tolist(), *(-H[SHORT,]).tolist())
"""The steps at which :func:`settles` needs the function, in this order."""

TWICE_FEW = 2 * H[SHORT,]


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
        chosen: Floats = self.estimates[self.errors.argmin(axis=0), np.arange(self.errors.shape[1])]
        return chosen

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
        known: npt.NDArray[np.bool_] = self.errors.min(axis=0) <= ceiling * size
        return known


def slopes(centre: Any, values: Any, weights: Any = 1.0, error: float = 0.0) -> Slopes:
    """The derivatives of ``sum(weights * f)`` along lines.

    Args:
        centre: f at the point itself.
        values: f at :data:`STEPS` along each line, ``(lines, len(STEPS), *centre.shape)``.
        weights: as ``centre`` in shape, or a number.
        error: the error that every ``sum(weights * f)`` is taken to have at least, where that is more than
            :data:`ROUNDING` of its size.
    """
    middle = np.asarray(centre, dtype=np.float64).reshape(-1)
    values = np.asarray(values, dtype=np.float64).reshape(-1, 2 * K, middle.size)
    factors = np.empty(middle.size)
    factors[:] = np.reshape(weights, -1)
    with np.errstate(all="ignore"):
        above, below = values[:, :K], values[:, K:]
        # Differences first, weights after: what f has in common at both ends then cancels exactly.
        both = (above - below) @ factors / (2 * H)
        forth = (above - middle) @ factors / H
        back = (middle - below) @ factors / H
        rounding = max(ROUNDING * np.abs(middle * factors).sum(), error)
        found = (
            EVEN.best(both, rounding),
            ALL.best(forth, 2 * rounding),
            ALL.best(back, 2 * rounding),
        )
    return Slopes(np.array([estimate for estimate, _ in found]), np.array([error for _, error in found]))


def settles(values: Any, weights: Any, claimed: float, size: float, agrees: float, ceiling: float) -> bool:
    """Whether two small steps are enough to see that ``claimed`` is the derivative along a line.

    One entry of the tableau of central differences, with the error estimate that it has there, held to the
    narrowest of the tolerances of :meth:`Slopes.agree`.  It only ever says yes: where a kink lies between the
    steps, where f is noisy, coarse or single-precision, and where the claim is wrong, all of
    :data:`STEPS` are needed to tell.

    Args:
        values: f at :data:`FEW` along the line, ``(len(FEW), f.size)``.
        weights: f's, ``(f.size,)`` or a number.
        claimed: the derivative to be judged.
        size: what the tolerances are relative to.
        agrees: the error that is allowed.
        ceiling: the error beyond which an estimate is no estimate.
    """
    with np.errstate(all="ignore"):
        values = np.asarray(values, dtype=np.float64)
        differences = values[:2] - values[2:]
        if not np.ndim(weights):
            weights = np.full(values.shape[1], weights)
        large, small = (differences.dot(weights) / TWICE_FEW).tolist()
        refined = small + (small - large) / ((FEW[0] / FEW[1]) ** 2 - 1)
        error = max(abs(refined - small), abs(refined - large))
        error += ROUNDING * float(np.abs(values[0]).dot(np.abs(weights))) / FEW[1]
    return bool(abs(refined - claimed) <= agrees * size and error <= ceiling * size)


class _Tableau:
    """Richardson's tableau for differences whose error is a series in ``h**order``.

    Every entry is a fixed linear combination of the K differences, and so is its difference from each of
    the two entries that it was made of: three matrices ``(K, entries)``.
    """

    def __init__(self, order: int) -> None:
        column, entries, steps = np.eye(K), [], []
        for m in range(1, K):
            factors = (H[:-m] / H[m:]) ** order
            refined = column[1:] + (column[1:] - column[:-1]) / (factors - 1)[:, None]
            entries.append((refined, refined - column[1:], refined - column[:-1]))
            steps.append(H[m:])
            column = refined
        self._matrices = [np.concatenate(parts).T.copy() for parts in zip(*entries, strict=True)]
        self._steps = np.concatenate(steps)

    def best(self, differences: Floats, rounding: float) -> tuple[Floats, Floats]:
        """The entry with the smallest estimated error, and that error, each ``(lines,)``.

        ``differences`` is ``(lines, K)``; ``rounding`` the least error of f itself.
        """
        entries, first, second = (differences @ matrix for matrix in self._matrices)
        errors = np.maximum(np.abs(first), np.abs(second)) + rounding / self._steps
        errors[~np.isfinite(errors)] = np.inf
        rows, chosen = np.arange(len(errors)), errors.argmin(axis=1)
        return entries[rows, chosen], errors[rows, chosen]


EVEN, ALL = _Tableau(order=2), _Tableau(order=1)


def scales(array: Any) -> Floats:
    """How far each element may be moved, as a power of two: its column's spread, at most 1.

    A column of one value is taken to spread as widely as the array, an array of one value as far as
    that value is from 0.
    """
    array = np.asarray(array, dtype=np.float64)
    return np.broadcast_to(_columns_scales(array), array.shape)


def _columns_scales(array: Floats) -> Floats:
    """The same, one for each column."""
    if not array.size:
        return np.ones(())
    size = np.maximum.reduce(np.abs(array), axis=None)
    spread = _deviation(array)
    if not np.minimum.reduce(spread, axis=None) > NOTHING * size:
        for wider in (array.std(), size, 1.0):
            spread = np.where(spread > NOTHING * size, spread, wider)
    powers: Floats = np.exp2(np.rint(np.log2(np.minimum(spread, 1.0))))
    return powers


def _deviation(array: Floats) -> Floats:
    """As ``array.std(axis=0)``, to the bit, in a third of the time; 0 for a single number."""
    if not array.ndim:
        return np.zeros(())
    centred = array - np.add.reduce(array, axis=0) / len(array)
    centred *= centred
    deviation: Floats = np.sqrt(np.add.reduce(centred, axis=0) / len(array))
    return deviation


def random_direction(array: Any, rng: np.random.Generator) -> Floats:
    """A random direction that moves every element by about its scale, in five bits."""
    array = np.asarray(array, dtype=np.float64)
    steps: Floats = np.rint(rng.standard_normal(array.shape) * 8) / 8 * _columns_scales(array)
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


def rate(gradients: Mapping[str, Any], directions: Mapping[str, Any]) -> float:
    """The derivative along a direction in all arguments together, by the gradients."""
    return sum(float(np.vdot(gradients[name], direction)) for name, direction in directions.items())


def magnitude(gradients: Mapping[str, Any], directions: Mapping[str, Any]) -> float:
    """What the errors of :func:`rate` are relative to: the sum of its terms' absolute values."""
    return sum(float(np.vdot(np.abs(gradients[name]), np.abs(direction))) for name, direction in directions.items())
