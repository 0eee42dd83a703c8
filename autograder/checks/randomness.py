r"""Statistical tests of independent Gaussian draws, with bounds that hold for every sample size.

Each test alarms wrongly with probability at most :data:`ALARM` = 1e-13.  A submission runs fewer than 10⁴
of them (some 10 checks, of 2 cases each, of 6 tests each, is 120), so that it meets a false alarm with
probability below 1e-9.  ``z`` are n draws, standardized by the mean and variance that are due; they are
i.i.d. standard normal where the draws are right.  With :math:`t = \ln(1/\text{ALARM}) = 29.9`:

mean
    :math:`\sqrt n\,\bar z` is standard normal; the threshold is its two-sided quantile, 7.44.

variance
    :math:`\sum z^2` is :math:`χ^2_n`, and exceeds :math:`n + 2\sqrt{nt} + 2t`, or falls below
    :math:`n - 2\sqrt{nt}`, with probability at most :math:`e^{-t}` each (Laurent and Massart 2000,
    *Annals of Statistics* 28(5), lemma 1).  At n = :data:`ENTRIES` = 15,000 the thresholds on the ratio
    of the variances are 1.094 and 0.911.

rows and columns
    The sums over the rows, divided by the root of a row's length, are i.i.d. standard normal as well;
    so are the columns'.  Their sums of squares get the upper bound of the variance test.  Where one row
    is repeated k times, the columns' sum of squares is k times as large as is due.

repetition
    Two right draws coincide with probability below 1e-7, even in float32, so that in 15,000 draws some
    12 pairs do.  The threshold is a tenth of all: the probability of that has hundreds of zeros.

shape
    The distance between the empirical and the normal distribution function exceeds
    :math:`\sqrt{\ln(2/\text{ALARM})/2n}` (0.032) with probability at most ALARM (the Dvoretzky–Kiefer–Wolfowitz
    inequality with Massart's constant, *Annals of Probability* 18(3), 1990); so does its value on a grid.

Power at n ≥ 15,000 is at least 1 − 1e-6 against

* a variance that is 1.25 times too large or too small, or more (1/n for 2/n is 2 times, fan_out for fan_in as
  many times as they differ, the standard deviation in place of the variance any number but 1):
  :math:`χ^2_n/n` is within 6 % of its mean with probability above 1 − 1e-6 by the same lemma at
  :math:`t = \ln 10^6 = 13.8`, and 1.25 · 0.939 > 1.094, 1.063/1.25 < 0.911;
* a uniform distribution of the same variance, whose distribution function is 0.0572 from the normal one at
  z = ±0.80: by Hoeffding the empirical one is within :math:`\sqrt{13.8/2n} = 0.0215` of it there with
  probability above 1 − 1e-6, and 0.0572 − 0.0215 > 0.032;
* a constant, and rows or columns that are tiled, so that a tenth of the entries or more repeat others:
  certainly.

The tests hold these figures, and simulate both sides.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from statistics import NormalDist
from typing import Any

import numpy as np

__all__ = ["ALARM", "ENTRIES", "oddity"]

ALARM = 1e-13
ENTRIES = 15_000

_T = math.log(1 / ALARM)
_Z = -NormalDist().inv_cdf(ALARM / 2)
_REPEATED = 0.1

_LEVELS = (np.arange(128) + 0.5) / 128
_QUANTILES = np.array([NormalDist().inv_cdf(level) for level in _LEVELS])


def oddity(draws: Any, mean: float, variance: float) -> str | None:
    """The first test that arrays of draws fail, named as its sentence is; ``None`` if they pass.

    Args:
        draws: independent calls' results, ``(calls, rows, columns)``; of another shape, each is taken as a row.
        mean: what is due for each entry.
        variance: what is due for each entry.
    """
    z = (draws - mean) / math.sqrt(variance)
    z = z.reshape(len(draws), *(z.shape[1:] if z.ndim == 3 else (1, -1)))
    ordered = np.sort(z, axis=None)
    n, squares = ordered.size, float(np.square(z).sum())
    tests: dict[str, Callable[[], bool]] = {
        "repeated": lambda: int(np.count_nonzero(ordered[1:] == ordered[:-1])) > _REPEATED * n,
        "mean": lambda: abs(float(z.sum())) > _Z * math.sqrt(n),
        "variance-high": lambda: squares > _upper(n),
        "variance-low": lambda: squares < n - 2 * math.sqrt(n * _T),
        "correlated": lambda: any(
            float(np.square(sums).sum()) > _upper(sums.size) for sums in (_sums(z, 1), _sums(z, 2))
        ),
        "not-gaussian": lambda: _distance(ordered) > math.sqrt(math.log(2 / ALARM) / (2 * n)),
    }
    return next((name for name, fails in tests.items() if fails()), None)


def _upper(n: int) -> float:
    """The upper bound on a chi-square of n degrees of freedom."""
    return n + 2 * math.sqrt(n * _T) + 2 * _T


def _sums(z: Any, axis: int) -> Any:
    return z.sum(axis=axis) / math.sqrt(z.shape[axis])


def _distance(ordered: Any) -> float:
    """The distance between the empirical distribution function and the normal one, on a grid."""
    shares = np.searchsorted(ordered, _QUANTILES, side="right") / ordered.size
    return float(np.abs(shares - _LEVELS).max())
