"""Whether a training by mini-batches can have happened: it is walked through again, step by step.

Which samples a step took is not told, and is the students' own affair: drawn afresh for each step,
or by walking through shuffled epochs.  But the loss of a step gives its mini-batch away.  So each
loss is looked for among those of all mini-batches that could have been drawn; the reference takes
the step with the one that fits; the parameters at the end must be the student's.

What is asked of the draws is asked only where chance alone would make a right training fail less
often than once in 10⁹ (``ODDS``).  For N samples, n a batch and s steps:

* *Not always the same mini-batch*: drawn afresh, s − 1 more draws all give the first one with
  probability C(N,n)^(1−s); shuffled epochs, where n < N, never do.
* *Every sample has its turn*: drawn afresh, some sample is left out with probability at most
  N (1 − n/N)^s; shuffled epochs of s n ≥ N draws leave out none.
* *Not in the order of the data*: shuffled epochs (the same shuffle for each, at worst) walk through
  the data in their order with probability n!^(N/n) / N!; draws made afresh do so less often.
"""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .cases.drawing import Floats, Ints
from .reference import FUNCTIONS

__all__ = ["ODDS", "Params", "complaint"]

Params = dict[str, Floats]

ODDS = 1e-9
# Relative: two right orders of adding up differ by 1e-15 a step, two mini-batches by about 1e-2.
AGREES = 1e-8
AGREES_IN_SINGLE = 1e-5


@dataclass(frozen=True)
class Story:
    """One way in which the steps so far can have happened: the parameters now, the mini-batches so far."""

    params: Params
    taken: tuple[frozenset[int], ...] = ()


def complaint(
    params: Params,
    X: Floats,
    y: Ints,
    activation: str,
    *,
    batch_size: int,
    learning_rate: float,
    trained: Params,
    losses: Sequence[float] | Floats,
) -> str:
    """What is wrong with a training, in one sentence; nothing if it is right."""
    single = any(np.asarray(array).dtype == np.float32 for array in (losses, *trained.values()))
    agrees = AGREES_IN_SINGLE if single else AGREES
    batches = _all_batches(len(X), batch_size)
    stories = [Story(params)]
    for loss in losses:
        stories = [
            _continued(story, X, y, activation, learning_rate, batch)
            for story in stories
            for batch in batches[_fits(_losses(story.params, X, y, activation, batches), loss, agrees)]
        ]
        if not stories:
            return (
                "A step's loss is that of no mini-batch which could have been drawn without replacement, "
                "with the parameters that the steps before it lead to."
            )
    stories = [story for story in stories if _same(story.params, trained, agrees)]
    if not stories:
        return "The losses are right, but the parameters returned are not those that the steps lead to."
    return _about_draws(stories[0].taken, len(X), batch_size)


@functools.cache
def _all_batches(N: int, n: int) -> Ints:
    """Every mini-batch that can be drawn without replacement, ``(C(N,n), n)``."""
    return np.array(list(itertools.combinations(range(N), n)), dtype=np.int64)


def _losses(params: Params, X: Floats, y: Ints, activation: str, batches: Ints) -> Floats:
    """The loss of each of the mini-batches."""
    if "gamma1" not in params:  # a mini-batch's loss is the mean of its samples'
        losses: Floats = _sample_losses(FUNCTIONS["network_scores"](params, X, activation), y)[batches].mean(axis=1)
        return losses
    # Batchnorm treats each feature by itself: the mini-batches stand side by side, each with units of its own.
    h, layer = X[batches.T], 1  # (n, batches, D)
    while f"W{layer + 1}" in params:
        h = h @ params[f"W{layer}"] + params[f"b{layer}"]
        gamma, beta = (np.tile(params[f"{name}{layer}"], len(batches)) for name in ("gamma", "beta"))
        normalized, _ = FUNCTIONS["batchnorm_forward"](h.reshape(len(h), -1), gamma, beta)
        h = FUNCTIONS[f"{activation}_forward"](normalized.reshape(h.shape))[0]
        layer += 1
    scores = h @ params[f"W{layer}"] + params[f"b{layer}"]
    by_sample = _sample_losses(scores.reshape(-1, scores.shape[-1]), y[batches.T].ravel())
    return np.asarray(by_sample.reshape(batches.T.shape).mean(axis=0))


def _sample_losses(scores: Floats, y: Ints) -> Floats:
    """The loss of each sample ``(N,)``."""
    losses: Floats = np.logaddexp.reduce(scores, axis=1) - scores[np.arange(len(y)), y]
    return losses


def _continued(story: Story, X: Floats, y: Ints, activation: str, learning_rate: float, batch: Ints) -> Story:
    _, grads = FUNCTIONS["network_loss"](story.params, X[batch], y[batch], activation)
    return Story(FUNCTIONS["sgd_step"](story.params, grads, learning_rate), (*story.taken, frozenset(batch.tolist())))


def _fits(due: Floats, loss: float, agrees: float) -> npt.NDArray[np.bool_]:
    fits: npt.NDArray[np.bool_] = np.abs(due - loss) <= agrees * abs(loss)
    return fits


def _same(params: Params, trained: Params, agrees: float) -> bool:
    return all(np.allclose(trained[name], value, rtol=agrees, atol=agrees) for name, value in params.items())


def _about_draws(taken: Sequence[frozenset[int]], N: int, n: int) -> str:
    steps = len(taken)
    if n < N and math.comb(N, n) ** (1.0 - steps) <= ODDS and len(set(taken)) == 1:
        return "Every step takes the same mini-batch."
    if steps * n >= N and N * (1 - n / N) ** steps <= ODDS and len(frozenset().union(*taken)) < N:
        return "Some samples are never used."
    walk = [frozenset(range(start, start + n)) for start in range(0, N, n)]
    if math.factorial(n) ** (N // n) / math.factorial(N) <= ODDS and list(taken[: len(walk)]) == walk:
        return "The mini-batches are taken in the order of the data, not drawn."
    return ""
