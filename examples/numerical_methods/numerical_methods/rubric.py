"""The marking scheme: 10 points."""

import numpy as np

from autograder.checks import Case, Matches, Purity
from autograder.rubric import Rubric, Task

from .misconceptions import MISCONCEPTIONS
from .reference import FUNCTIONS


def curves(rng):
    """Three functions at seven points, unevenly spaced; and one function at two points."""
    return [Case((rng.normal(size=(N, D)), np.cumsum(rng.uniform(0.2, 1, N)))) for N, D in ((7, 3), (2, 1))]


def evenly_spaced(rng):
    """An odd number of points: the fewest, and more."""
    return [Case((rng.normal(size=(N, D)), rng.uniform(0.1, 0.5))) for N, D in ((3, 2), (9, 4))]


def polynomials(rng):
    """Of degree 0, 1 and 4."""
    return [Case((rng.normal(size=K), rng.normal(size=N))) for K, N in ((1, 3), (2, 4), (5, 6))]


def from_above(rng):
    """Starts above the largest of three roots: from there Newton's method can't miss it."""
    return [Case((np.poly(rng.uniform(-2, 2, 3)), rng.uniform(3, 5, 4), steps)) for steps in (1, 6)]


def brackets(rng):
    """Intervals round the middle one of three roots, or the lowest; steps from one to many."""
    coefficients = np.poly([-3, rng.uniform(-0.5, 0.5), 3])
    ends = (rng.uniform(-2, -1, 4), rng.uniform(1, 2, 4)), (rng.uniform(-5, -4, 2), rng.uniform(-2, -1, 2))
    return [Case((coefficients, a, b, steps)) for a, b in ends for steps in (1, 2, 9)]


# fmt: off
rubric = Rubric(
    name="numerical methods",
    package="methods",
    reference=FUNCTIONS,
    misconceptions=MISCONCEPTIONS,
    tasks=(
        Task("trapezoid", module="integration", checks=(
            Matches("trapezoid", points=1, visible=True, cases=curves, title="The integrals are the trapezoids' sums."),
            Matches("trapezoid", points=1, cases=curves, title="So they are for other curves."),
        )),
        Task("simpson", module="integration", checks=(
            Matches("simpson", points=1, visible=True, cases=evenly_spaced, title="The weights are 1, 4, 2, …, 4, 1."),
            Matches("simpson", points=1, cases=evenly_spaced, title="So they are for other curves."),
        )),
        Task("horner", module="roots", checks=(
            Matches("horner", points=2, visible=True, partial=True, cases=polynomials, returns=("p", "dp"),
                    title="The polynomial and its derivative are right."),
        )),
        Task("newton", module="roots", needs=("horner",), checks=(
            Matches("newton", points=1.75, visible=True, cases=from_above, title="A step goes to the tangent's root."),
            Purity(functions=("newton",), points=0.25, cases=from_above, title="The starts are not changed."),
        )),
        Task("bisect", module="roots", needs=("horner",), checks=(
            Matches("bisect", points=1.75, cases=brackets, returns=("a", "b"), title="The sign changes in each half."),
            Purity(functions=("bisect",), points=0.25, cases=brackets, title="The intervals are not changed."),
        )),
    ),
)
