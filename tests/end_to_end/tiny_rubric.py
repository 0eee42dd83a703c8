"""A second, tiny exercise: one layer, one function.  What grades it knows nothing of either."""

import numpy as np

from autograder.checks import Gradient, Matches
from autograder.checks.base import Case
from autograder.rubric import Rubric, Task


def damp_forward(t, rate):
    out = np.exp(-rate * t)
    return out, (t, rate, out)


def damp_backward(dout, cache):
    t, rate, out = cache
    return -rate * out * dout, np.sum(-t * out * dout, axis=0)


def midpoint(a, b):
    return (a + b) / 2


def curves(rng):
    return [Case((rng.uniform(0.1, 2, (5, 3)), rng.uniform(0.5, 1.5, 3)))]


def ends(rng):
    return [Case((rng.standard_normal(4), rng.standard_normal(4)))]


rubric = Rubric(
    name="damping",
    package="decay",
    reference={"damp_forward": damp_forward, "damp_backward": damp_backward, "midpoint": midpoint},
    tasks=(
        Task(
            "damp",
            module="waves",
            checks=[
                Matches("damp_forward", pick=0, points=1, cases=curves, visible=True, title="the damped curve"),
                Gradient("damp", points=2, cases=curves, title="its gradient"),
            ],
        ),
        Task("midpoint", module="geometry", checks=[Matches("midpoint", points=1, cases=ends, title="half way")]),
    ),
)
