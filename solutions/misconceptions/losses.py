"""Wrong variants of the losses."""

from __future__ import annotations

import numpy as np

from ..cases.drawing import Floats, Ints
from . import Misconception

__all__ = ["SOFTMAX_LOSS"]


def loss_summed(scores: Floats, y: Ints) -> tuple[float, None]:
    """The sum of the samples' losses in place of their mean."""
    return float(np.sum(np.logaddexp.reduce(scores, axis=1) - scores[np.arange(len(y)), y])), None


SOFTMAX_LOSS = (
    Misconception("loss-summed", "Your loss is the sum over the samples; their mean is asked for.", loss_summed),
)
"""Of ``softmax_loss``."""
