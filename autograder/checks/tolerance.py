"""How close is close enough, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

__all__ = ["NUMERICAL", "ORDINARY", "SAME", "STRICT", "SlopeTolerance", "Tolerance", "slope_tolerance"]


@dataclass(frozen=True)
class Tolerance:
    """Elementwise: ``|a − b| ≤ rtol·|b| + atol_scale·max|b| + floor``, where ``b`` is what is due.

    Attributes:
        rtol: relative to the element itself.
        atol_scale: relative to the largest element: what cancellation leaves in the small ones.
        floor: absolute: what rounding leaves where everything that is due is exactly zero.
        strict: a float32 result gets no wider tolerance than a float64 one.
    """

    rtol: float = 1e-8
    atol_scale: float = 1e-10
    floor: float = 1e-12
    strict: bool = False

    def limits(self, expected: Any) -> Any:
        """The largest error allowed in each element; as ``expected`` in shape."""
        size = np.abs(expected)
        limits = self.rtol * size
        limits += self.atol_scale * size.max(initial=0.0) + self.floor
        return limits

    def limit(self, size: float) -> float:
        """The same for a single number of that size."""
        return self.rtol * size + (self.atol_scale * size + self.floor)

    def wider(self, factor: float) -> Tolerance:
        """The same, so many times as wide."""
        return Tolerance(self.rtol * factor, self.atol_scale * factor, self.floor * factor, self.strict)

    def for_single(self) -> Tolerance:
        """The same, no narrower than float32's own tolerance."""
        single = BY_DTYPE["float32"]
        return Tolerance(
            max(self.rtol, single.rtol), max(self.atol_scale, single.atol_scale), max(self.floor, single.floor)
        )


BY_DTYPE: Mapping[str, Tolerance] = {
    # Right float64 implementations differ by up to some 1e-11 where terms cancel.  The smallest
    # mistake known, an ε of 1e-5 left out at unit variance, makes 4e-6.
    "float64": Tolerance(rtol=1e-8, atol_scale=1e-10, floor=1e-12),
    # float32 rounds at 6e-8; sums and cancellation lose two digits more.  A mistake smaller than
    # 1e-4 can't be told from rounding then.
    "float32": Tolerance(rtol=1e-4, atol_scale=1e-5, floor=1e-6),
}

ORDINARY = BY_DTYPE["float64"]

SAME = Tolerance(rtol=1e-12, atol_scale=1e-12, floor=1e-300)
"""The same answer twice: the last bits of vectorised sums may depend on an array's place in memory, float32's too."""

STRICT = Tolerance(rtol=1e-9, atol_scale=1e-9, floor=1e-12, strict=True)
"""At extremes: what a stable formula reaches there with digits to spare."""

NUMERICAL = Tolerance(rtol=1e-6, atol_scale=1e-7, floor=1e-9)
"""Against a numerical derivative, itself good to 1e-9 of the largest element."""


@dataclass(frozen=True)
class SlopeTolerance:
    """How well a function's numerical derivative has to agree with its gradient.

    The error allowed follows the method's own estimate between ``agrees`` and ``ceiling``, both
    relative to the sum of the absolute products that make the derivative.  An estimate beyond the
    ceiling means that no derivative can be had: a noisy function buys no wider tolerance.
    """

    agrees: float
    ceiling: float


_SLOPES = {
    # The method reaches 1e-9 and better (benchmarks/derivatives.py).
    "float64": SlopeTolerance(agrees=1e-6, ceiling=1e-5),
    # Rounding of 6e-8, divided by a step of 1/8 and summed.
    "float32": SlopeTolerance(agrees=1e-4, ceiling=1e-2),
}


def slope_tolerance(*, single: bool, rtol: float = 0.0) -> SlopeTolerance:
    """The tolerance for a function that computes in float32, or in float64.

    Args:
        single: whether it computes in float32.
        rtol: how far off values and gradients may be themselves: a slope and a gradient that are, each in its own
            direction, agree no better than to twice that.
    """
    its = _SLOPES["float32" if single else "float64"]
    return SlopeTolerance(its.agrees + 2 * rtol, max(its.ceiling, its.agrees + 2 * rtol))
