"""The kinds of checks: each says what to call, and judges what comes back.

A rubric is written with the classes here; :mod:`autograder.checks.base` says what they have in common.
"""

from .base import Case, Check, Finding, Prepared, Reference
from .distribution import Distribution
from .gradient import Gradient, LossGradient
from .matches import Matches
from .properties import Complaint, Property
from .purity import Purity
from .speed import Speed
from .stability import Stability
from .tolerance import Tolerance

__all__ = [
    "Case",
    "Check",
    "Complaint",
    "Distribution",
    "Finding",
    "Gradient",
    "LossGradient",
    "Matches",
    "Prepared",
    "Property",
    "Purity",
    "Reference",
    "Speed",
    "Stability",
    "Tolerance",
]
