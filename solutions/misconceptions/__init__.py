"""Known wrong variants of the exercise's functions: what students make of them by mistake.

Each is runnable, has a short name, and a sentence that explains it without giving the solution away, and says
which checks a submission with it loses.  ``docs/misconceptions.md`` is the catalogue, and says how to add one.
"""

from __future__ import annotations

from autograder.misconceptions import Misconception

from . import activations, batchnorm, initialization, linear, losses, network, preprocessing

__all__ = ["MISCONCEPTIONS"]

MISCONCEPTIONS: tuple[Misconception, ...] = (
    *linear.WRONG,
    *losses.WRONG,
    *activations.WRONG,
    *preprocessing.WRONG,
    *initialization.WRONG,
    *batchnorm.WRONG,
    *network.WRONG,
)
"""All of them, module by module."""
