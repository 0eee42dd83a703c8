"""Wrong variants of batch normalization."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..cases.drawing import Floats
from . import Misconception

__all__ = ["FORWARD"]


def unbiased_variance(x: Floats, gamma: Floats, beta: Floats, eps: float = 1e-5) -> tuple[Floats, Any]:
    """``var`` with divisor m − 1."""
    return gamma * (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0, ddof=1) + eps) + beta, None


def eps_outside_root(x: Floats, gamma: Floats, beta: Floats, eps: float = 1e-5) -> tuple[Floats, Any]:
    """``sqrt(var) + eps`` for ``sqrt(var + eps)``."""
    return gamma * (x - x.mean(axis=0)) / (x.std(axis=0) + eps) + beta, None


def eps_left_out(x: Floats, gamma: Floats, beta: Floats, eps: float = 1e-5) -> tuple[Floats, Any]:  # noqa: ARG001
    """``sqrt(var)`` for ``sqrt(var + eps)``."""
    return gamma * (x - x.mean(axis=0)) / x.std(axis=0) + beta, None


FORWARD = (
    Misconception("unbiased-variance", "Your variance divides by m − 1; Algorithm 1 divides by m.", unbiased_variance),
    Misconception(
        "eps-outside-root",
        "You add ε to the root of the variance; Algorithm 1 adds it to the variance.",
        eps_outside_root,
    ),
    Misconception("eps-left-out", "You leave ε out of Algorithm 1: it is added to the variance.", eps_left_out),
)
"""Of ``batchnorm_forward``."""
