"""Known wrong variants of the exercise's functions: what students make of them by mistake.

Each is runnable, has a short name, and a sentence that explains it without giving the solution away, and says
which checks a submission with it loses.  ``docs/misconceptions.md`` is the catalogue, and says how to add one.
"""

from __future__ import annotations

from autograder.misconceptions import Misconception

from . import (
    activations,
    batchnorm_backward,
    batchnorm_forward,
    batchnorm_inference,
    batchnorm_undo,
    initialization,
    linear,
    logistic_loss,
    network,
    preprocessing,
    softmax_loss,
)

__all__ = ["MISCONCEPTIONS"]

MISCONCEPTIONS: tuple[Misconception, ...] = (
    *linear.WRONG,
    *softmax_loss.WRONG,
    *logistic_loss.WRONG,
    *activations.WRONG,
    *preprocessing.WRONG,
    *initialization.WRONG,
    *batchnorm_forward.WRONG,
    *batchnorm_backward.WRONG,
    *batchnorm_undo.WRONG,
    *batchnorm_inference.WRONG,
    *network.WRONG,
)
"""All of them, in the order of the exercise."""
