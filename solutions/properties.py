"""What the marking scheme asks of results of which there is more than one right one."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.checks import Case, Complaint
from autograder.checks.randomness import oddity

from .cases.drawing import Floats
from .replay import complaint

__all__ = ["draws_mini_batches", "initializes_network", "trained_form"]

VARIANCE: dict[str, Callable[[int], float]] = {
    "gaussian": lambda _fan_in: 0.01**2,
    "xavier": lambda fan_in: 1 / fan_in,
    "he": lambda fan_in: 2 / fan_in,
}

ALIKE = 0.5
"""The cosine of two matrices' angle: independent entries, 3,600 or more, have one of 0.02 or so, and 0.5 never."""


def initializes_network(case: Case, params: dict[str, Any]) -> Complaint | None:
    """Weights as their initialization asks; all else 0, but γ, which is 1.

    A test of the weights alarms wrongly with probability 1e-13 (``autograder.checks.randomness``); here
    are 6 cases of 2 matrices, and 6 tests of each, so 1e-11 for a submission.  That two matrices have
    independent numbers in common is as good as impossible: see :data:`ALIKE`.
    """
    sizes, init = case.args[:2]
    for name, value in params.items():
        if not name.startswith("W") and not np.all(value == (1 if name.startswith("gamma") else 0)):
            return Complaint("A bias or a β is not 0, or a γ is not 1.")
    for layer, fan_in in enumerate(sizes[:-1], start=1):
        if oddity(np.asarray(params[f"W{layer}"])[None], 0.0, VARIANCE[init](fan_in)) is not None:
            return Complaint(
                f"The weights of init={init!r} don't have the distribution that is due.",
                "Look at what fan_in is for each layer, and whether each layer draws its own numbers.",
            )
    if have_numbers_in_common(*(np.asarray(params[f"W{layer}"]) for layer in range(1, len(sizes)))):
        return Complaint("The layers' weights are the same numbers.", "Let each layer draw its own.")
    return None


def have_numbers_in_common(*weights: Floats) -> bool:
    """Whether one matrix holds another's numbers, but for a factor: in order, by columns, or as one's corner."""
    return any(
        _alike(first, second)
        for one, other in itertools.combinations(weights, 2)
        for first, second in ((one, other), (one.T, other.T), _corners(one, other))
    )


def _corners(one: Floats, other: Floats) -> tuple[Floats, Floats]:
    rows, columns = (min(pair) for pair in zip(one.shape, other.shape, strict=True))
    return one[:rows, :columns], other[:rows, :columns]


def _alike(one: Floats, other: Floats) -> bool:
    size = min(one.size, other.size)
    first, second = one.reshape(-1)[:size], other.reshape(-1)[:size]
    return bool(abs(first @ second) > ALIKE * np.sqrt((first @ first) * (second @ second)))


def trained_form(case: Case) -> tuple[dict[str, Any], Any]:
    """Parameters as they went in, and a loss for each step."""
    return case.args[0], np.zeros(case.kwargs["steps"])


def draws_mini_batches(case: Case, value: tuple[dict[str, Any], Any]) -> Complaint | None:
    """A training whose steps can be replayed from its losses: see ``replay``."""
    params, X, y, activation = case.args
    trained, losses = value
    found = complaint(
        params,
        X,
        y,
        activation,
        batch_size=case.kwargs["batch_size"],
        learning_rate=case.kwargs["learning_rate"],
        trained={name: np.reshape(trained[name], array.shape) for name, array in params.items()},
        losses=np.ravel(losses),
    )
    return Complaint(found) if found else None
