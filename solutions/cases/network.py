"""Cases for the network: 2 to 5 layers, with batchnorm and without, widths all different.

Where a gradient is asked for, every ReLU's input is ``MARGIN`` or more from its kink; rows (or,
where batchnorm ties the rows together, whole batches) that come closer are drawn again.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np

from autograder.checks.base import Case

from ..reference import FUNCTIONS
from .drawing import Floats, fortran, labels, nonzero, strided
from .initialization import seed

__all__ = [
    "MARGIN",
    "Params",
    "freeze_corners",
    "freeze_ordinary",
    "frozen_alone",
    "frozen_once",
    "frozen_ordinary",
    "full_batch",
    "init_known",
    "init_once",
    "init_weights",
    "loss_corners",
    "loss_normalized",
    "loss_ordinary",
    "mini_batches",
    "normalized_mini_batches",
    "pre_activations",
    "scores_corners",
    "scores_normalized",
    "scores_ordinary",
    "step_ordinary",
    "two_steps",
]

Params = dict[str, Floats]

MARGIN = 0.03


def draw_params(rng: np.random.Generator, sizes: Sequence[int], *, batchnorm: bool = False) -> Params:
    """Parameters under which signals neither vanish nor saturate."""
    params: Params = {}
    for layer, (fan_in, fan_out) in enumerate(itertools.pairwise(sizes), start=1):
        params[f"W{layer}"] = rng.normal(scale=1.3 / np.sqrt(fan_in), size=(fan_in, fan_out))
        params[f"b{layer}"] = rng.normal(scale=0.3, size=fan_out)
        if batchnorm and layer < len(sizes) - 1:
            params[f"gamma{layer}"] = nonzero(rng, fan_out)
            params[f"beta{layer}"] = rng.normal(scale=0.5, size=fan_out)
    return params


def depth(params: Params) -> int:
    """The number of affine layers."""
    return sum(key.startswith("W") for key in params)


def pre_activations(params: Params, X: Floats, activation: str) -> list[Floats]:
    """What each hidden layer's activation gets, ``(N,H_l)``."""
    inputs, h = [], X
    for layer in range(1, depth(params)):
        z, _ = FUNCTIONS["affine_forward"](h, params[f"W{layer}"], params[f"b{layer}"])
        if f"gamma{layer}" in params:
            z, _ = FUNCTIONS["batchnorm_forward"](z, params[f"gamma{layer}"], params[f"beta{layer}"])
        inputs.append(z)
        h, _ = FUNCTIONS[f"{activation}_forward"](z)
    return inputs


def nearest_kink(params: Params, X: Floats, activation: str) -> Floats:
    """Each row's distance ``(N,)`` from a kink: infinite where the activation has none."""
    if activation != "relu":
        return np.full(len(X), np.inf)
    distances: Floats = np.min([np.abs(z).min(axis=1) for z in pre_activations(params, X, activation)], axis=0)
    return distances


def network(
    rng: np.random.Generator, N: int, sizes: Sequence[int], activation: str, *, batchnorm: bool = False, note: str = ""
) -> Case:
    """``params``, ``X (N, sizes[0])`` and the activation."""
    return Case((draw_params(rng, sizes, batchnorm=batchnorm), rng.normal(size=(N, sizes[0])), activation), note=note)


def differentiable(
    rng: np.random.Generator, N: int, sizes: Sequence[int], activation: str, *, batchnorm: bool = False, note: str = ""
) -> Case:
    """``params``, ``X``, ``y`` and the activation, clear of kinks."""
    spare = 1 if batchnorm else 8
    while True:
        params, X, _ = network(rng, spare * N, sizes, activation, batchnorm=batchnorm).args
        X = X[nearest_kink(params, X, activation) >= MARGIN][:N]
        if len(X) == N:
            return Case((params, X, labels(rng, N, sizes[-1], last=N > 1), activation), note=note)


def loose(case: Case) -> Case:
    """The same numbers in arrays that are not contiguous."""
    params, X, *rest = case.args
    params = {key: fortran(value) if value.ndim == 2 else strided(value) for key, value in params.items()}
    return Case((params, strided(X), *rest), note="arrays that are not contiguous")


# --- init_network -----------------------------------------------------------------------------------


def widths(rng: np.random.Generator, count: int) -> list[int]:
    """So many widths of layers, no two of which are the same."""
    return [int(width) for width in rng.choice(np.arange(2, 30), count, replace=False)]


def init_known(rng: np.random.Generator) -> list[Case]:
    """All zero but γ, which is 1: shapes, names, and what batchnorm adds."""
    return [
        Case((widths(rng, 3), "zero", seed(rng)), {"batchnorm": True}, "batchnorm asked for"),
        Case((widths(rng, 4), "zero", seed(rng)), {"batchnorm": True}, "three layers"),
        Case((widths(rng, 3), "zero", seed(rng)), note="no batchnorm"),
        Case((widths(rng, 2), "zero", seed(rng)), {"batchnorm": True}, "one layer"),
    ]


def init_once(rng: np.random.Generator) -> list[Case]:
    """A network of three layers, not all zero: γ is 1."""
    return [Case((widths(rng, 4), "zero", seed(rng)), {"batchnorm": True})]


def init_weights(rng: np.random.Generator) -> list[Case]:
    """Every kind of weights, with batchnorm and without; widths that fall and rise."""
    return [
        Case(
            ([int(rng.integers(*each)) for each in ((80, 100), (55, 65), (140, 160))], init, seed(rng)),
            {"batchnorm": True} if batchnorm else {},
            f"init {init!r}",
        )
        for init in ("gaussian", "xavier", "he")
        for batchnorm in (False, True)
    ]


# --- network_scores, network_loss -------------------------------------------------------------------


def scores_ordinary(rng: np.random.Generator) -> list[Case]:
    """Two layers with each activation."""
    return [
        network(rng, 6, (4, 5, 3), "relu"),
        network(rng, 3, (5, 2, 4), "tanh"),
        network(rng, 2, (3, 4, 6), "sigmoid"),
    ]


def scores_normalized(rng: np.random.Generator) -> list[Case]:
    """Two and three layers with batchnorm."""
    return [
        network(rng, 6, (4, 5, 3), "relu", batchnorm=True, note="batchnorm"),
        network(rng, 7, (3, 4, 5, 2), "tanh", batchnorm=True, note="batchnorm, three layers"),
    ]


def scores_corners(rng: np.random.Generator) -> list[Case]:
    """One sample, one layer, five layers, eleven (of which W10 is no W1), arrays that are not contiguous."""
    return [
        network(rng, 1, (3, 5, 4), "relu", note="N = 1"),
        network(rng, 3, (4, 5), "tanh", note="one layer"),
        network(rng, 8, (3, 7, 5, 6, 4, 2), "sigmoid", note="five layers"),
        network(rng, 2, (3, 14, 4, 13, 5, 12, 6, 11, 7, 10, 8, 9), "tanh", note="eleven layers"),
        network(rng, 9, (6, 5, 8, 4, 7, 3), "relu", batchnorm=True, note="batchnorm, five layers"),
        loose(network(rng, 6, (4, 3, 5), "tanh", batchnorm=True)),
    ]


def loss_ordinary(rng: np.random.Generator) -> list[Case]:
    """Two layers."""
    return [
        differentiable(rng, 6, (4, 5, 3), "relu"),
        differentiable(rng, 2, (3, 5, 4), "tanh"),
    ]


def loss_normalized(rng: np.random.Generator) -> list[Case]:
    """Two layers with batchnorm."""
    return [differentiable(rng, 6, (4, 5, 3), "tanh", batchnorm=True, note="batchnorm")]


def loss_corners(rng: np.random.Generator) -> list[Case]:
    """One sample, one layer, five layers, batchnorm before a ReLU, arrays that are not contiguous."""
    return [
        differentiable(rng, 4, (5, 3), "tanh", note="one layer"),
        differentiable(rng, 1, (3, 2, 4), "sigmoid", note="N = 1"),
        differentiable(rng, 8, (3, 5, 2, 6, 4, 7), "tanh", note="five layers"),
        differentiable(rng, 5, (3, 4, 2), "relu", batchnorm=True, note="batchnorm"),
        loose(differentiable(rng, 6, (4, 3, 5, 2), "sigmoid", batchnorm=True)),
    ]


# --- sgd_step, train --------------------------------------------------------------------------------


def step_ordinary(rng: np.random.Generator) -> list[Case]:
    """Parameters with and without batchnorm, and a gradient of the same shapes."""
    cases = []
    for sizes, batchnorm in (((4, 5, 3), False), ((3, 2, 6, 4), True)):
        params = draw_params(rng, sizes, batchnorm=batchnorm)
        grads = {key: rng.normal(size=value.shape) for key, value in params.items()}
        cases.append(Case((params, grads, float(rng.uniform(0.05, 0.5)))))
    return cases


def training(case: Case, rng: np.random.Generator, *, steps: int, batch_size: int, learning_rate: float) -> Case:
    """The same network, to be trained."""
    options = {"steps": steps, "batch_size": batch_size, "learning_rate": learning_rate, "rng": seed(rng)}
    return Case(case.args, options, case.note)


def whole_set(rng: np.random.Generator, plain_steps: int, normalized_steps: int) -> list[Case]:
    """Each mini-batch is the whole set, so that chance plays no part."""
    plain = differentiable(rng, 6, (4, 5, 3), "relu")
    normalized = differentiable(rng, 7, (3, 4, 2), "sigmoid", batchnorm=True, note="batchnorm")
    return [
        training(plain, rng, steps=plain_steps, batch_size=6, learning_rate=0.3),
        training(normalized, rng, steps=normalized_steps, batch_size=7, learning_rate=0.2),
    ]


def full_batch(rng: np.random.Generator) -> list[Case]:
    """Some steps with all samples each."""
    return whole_set(rng, 5, 4)


def two_steps(rng: np.random.Generator) -> list[Case]:
    """The same: what a step writes into its arguments is to be seen after one, what it remembers in the next."""
    return whole_set(rng, 2, 2)


def mini_batches(rng: np.random.Generator) -> list[Case]:
    """Half of six samples for 34 steps, and an epoch of twenty with a step of the next: see ``replay`` for why.

    The number of samples is a multiple of the mini-batch's, so that a short last one never arises.
    """
    few = differentiable(rng, 6, (4, 5, 3), "tanh", note="mini-batches of half the samples")
    many = differentiable(rng, 20, (3, 4, 5), "tanh", note="more than one epoch")
    return [
        training(few, rng, steps=34, batch_size=3, learning_rate=0.1),
        training(many, rng, steps=6, batch_size=4, learning_rate=0.1),
    ]


def normalized_mini_batches(rng: np.random.Generator) -> list[Case]:
    """Half of eight samples with batchnorm: of five draws with replacement none has a sample twice once in 86 times."""
    few = differentiable(rng, 8, (3, 4, 2), "sigmoid", batchnorm=True, note="batchnorm")
    return [training(few, rng, steps=5, batch_size=4, learning_rate=0.2)]


# --- freeze_batchnorm, inference_scores -------------------------------------------------------------


def to_freeze(
    rng: np.random.Generator, B: int, m: int, sizes: Sequence[int], activation: str, *, note: str = ""
) -> Case:
    """``params`` with batchnorm, batches ``(B,m,D)`` of unequal mean and spread, and the activation."""
    params = draw_params(rng, sizes, batchnorm=True)
    spreads = rng.permutation(np.geomspace(0.5, 2.0, B))[:, None, None]
    batches = rng.normal(size=(B, 1, sizes[0])) + spreads * rng.normal(size=(B, m, sizes[0]))
    return Case((params, batches, activation), note=note)


def freeze_ordinary(rng: np.random.Generator) -> list[Case]:
    """Two and three layers."""
    return [
        to_freeze(rng, 3, 6, (4, 5, 2), "relu"),
        to_freeze(rng, 4, 5, (3, 6, 7, 2), "tanh", note="three layers"),
    ]


def freeze_corners(rng: np.random.Generator) -> list[Case]:
    """One layer, five, small batches, one batch, arrays that are not contiguous; a ReLU between two hidden layers."""
    return [
        to_freeze(rng, 2, 3, (4, 5), "tanh", note="one layer"),
        to_freeze(rng, 3, 8, (5, 6, 4, 7, 9, 2), "sigmoid", note="five layers"),
        to_freeze(rng, 5, 3, (4, 6, 2), "tanh", note="m = 3"),
        to_freeze(rng, 1, 7, (3, 4, 6, 5), "relu", note="one batch"),
        loose(to_freeze(rng, 4, 6, (2, 5, 3), "relu")),
    ]


def frozen(rng: np.random.Generator, N: int, sizes: Sequence[int], activation: str, note: str = "") -> Case:
    """Inference parameters, ``X`` and the activation."""
    params = draw_params(rng, sizes, batchnorm=True)
    renamed = {key.replace("gamma", "scale").replace("beta", "shift"): value for key, value in params.items()}
    return Case((renamed, rng.normal(size=(N, sizes[0])), activation), note=note)


def frozen_ordinary(rng: np.random.Generator) -> list[Case]:
    """Two and three layers."""
    return [frozen(rng, 6, (4, 5, 3), "relu"), frozen(rng, 2, (3, 6, 5, 4), "tanh")]


def frozen_once(rng: np.random.Generator) -> list[Case]:
    """Two layers."""
    return [frozen(rng, 4, (3, 5, 2), "relu")]


def frozen_alone(rng: np.random.Generator) -> list[Case]:
    """One sample alone, one layer, five layers, arrays that are not contiguous."""
    return [
        frozen(rng, 4, (5, 3), "tanh", "one layer"),
        frozen(rng, 1, (3, 5, 4), "sigmoid", "N = 1"),
        frozen(rng, 8, (3, 7, 5, 6, 4, 2), "relu", "five layers"),
        loose(frozen(rng, 4, (6, 3, 5), "relu")),
    ]
