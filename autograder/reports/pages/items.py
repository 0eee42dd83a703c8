r"""Item analysis: what a class's marks say of each check, in the terms of classical test theory.

With :math:`x_{si} \in [0, 1]` the share that submission :math:`s` earned of check :math:`i`'s points
:math:`w_i`, and :math:`T_s = \sum_i w_i x_{si}`:

* difficulty :math:`p_i = \frac1n \sum_s x_{si}` (a high value is an easy check);
* discrimination by groups :math:`D_i`: the mean of :math:`x_{si}` over the upper 27 % by :math:`T` less that
  over the lower 27 % (Kelley, The selection of upper and lower groups for the validation of test items,
  1939).  Submissions that tie at a group's edge share the places left, each with the same weight, so that
  nobody's name decides;
* discrimination by correlation :math:`r_i`: Pearson's between :math:`x_{si}` and the rest :math:`T_s - w_i x_{si}`,
  the corrected item-total correlation (Henrysson, Correction of item-total correlations in item analysis,
  1963).  For a check that is passed or failed it is the point-biserial correlation with the rest;
* reliability :math:`\alpha = \frac{k}{k-1}(1 - \sum_i \operatorname{var}(w_i x_i) / \operatorname{var} T)` (Cronbach,
  Coefficient alpha and the internal structure of tests, 1951).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["FEW", "GROUP", "LOW", "Item", "alpha", "analyse"]

GROUP = 0.27
"""The part of a class that each of the two groups is."""

FEW = 30
"""Below this many submissions the figures are mostly chance."""

LOW = 0.1
"""A correlation below this says that the check tells strong from weak work hardly or not at all."""

FLAT = 1e-12


@dataclass(frozen=True)
class Item:
    """A check's figures.

    Attributes:
        difficulty: the mean share of its points, 0 to 1.
        groups: upper group less lower group, -1 to 1; ``None`` where there are no two groups.
        correlation: with the rest of the marks, -1 to 1; ``None`` where one of the two is the same for all.
    """

    difficulty: float
    groups: float | None
    correlation: float | None


def analyse(shares: NDArray[np.float64], points: NDArray[np.float64]) -> list[Item]:
    """A check's figures, for each column of ``shares`` ``(n, k)``; ``points`` is ``(k,)``."""
    n, k = shares.shape
    if not n:
        return []
    total = shares @ points
    upper, lower = _edge(total), _edge(-total)
    apart = n > 1 and not np.array_equal(upper, lower)
    items = []
    for column in range(k):
        item = shares[:, column]
        groups = float(upper @ item - lower @ item) if apart else None
        items.append(Item(float(item.mean()), groups, _pearson(item, total - points[column] * item)))
    return items


def alpha(shares: NDArray[np.float64], points: NDArray[np.float64]) -> float | None:
    """Cronbach's alpha; ``None`` for fewer than two checks, or where all have the same marks."""
    n, k = shares.shape
    if n < 2 or k < 2:
        return None
    weighted = shares * points
    whole = float(weighted.sum(axis=1).var(ddof=1))
    return k / (k - 1) * (1 - float(weighted.var(axis=0, ddof=1).sum()) / whole) if whole > FLAT else None


def _edge(total: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weights ``(n,)`` that add up to 1: those of the highest 27 %, at least one."""
    size = max(1, round(GROUP * len(total)))
    edge = np.sort(total)[-size]
    above = total > edge + FLAT
    level = np.abs(total - edge) <= FLAT
    weights: NDArray[np.float64] = (above + level * ((size - above.sum()) / level.sum())) / size
    return weights


def _pearson(a: NDArray[np.float64], b: NDArray[np.float64]) -> float | None:
    a, b = a - a.mean(), b - b.mean()
    spread = float(np.sqrt((a @ a) * (b @ b)))
    return float(a @ b) / spread if spread > FLAT * len(a) else None
