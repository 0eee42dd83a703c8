"""Wrong variants of the γ and β that undo a normalization."""

from __future__ import annotations

from autograder.misconceptions import Variants

from ..reference import batchnorm

__all__ = ["WRONG"]

wrong = Variants(batchnorm)

GAMMA = "np.sqrt(np.var(x, axis=0) + eps)"

WRONG = (
    wrong(
        "undo-without-eps",
        "Your γ is the standard deviation; Algorithm 1 divides by slightly more than that.",
        {"undo_parameters": (GAMMA, "np.std(x, axis=0)")},
        fails="undo_parameters: values eps corners purity",
    ),
    wrong(
        "undo-eps-outside-root",
        "Your undo_parameters adds ε to the root of the variance; Algorithm 1 adds it inside.",
        {"undo_parameters": (GAMMA, "np.std(x, axis=0) + eps")},
        fails="undo_parameters: values eps corners purity",
    ),
    wrong(
        "undo-root-forgotten",
        "Your γ is the variance; what Algorithm 1 divides by is its root.",
        {"undo_parameters": (GAMMA, "np.var(x, axis=0) + eps")},
        fails="undo_parameters: values eps corners purity",
    ),
    wrong(
        "undo-unbiased",
        "Your undo_parameters takes the variance with m − 1; what Algorithm 1 did has to be undone.",
        {"undo_parameters": (GAMMA, "np.sqrt(np.var(x, axis=0, ddof=1) + eps)")},
        fails="undo_parameters: values eps corners purity",
    ),
    wrong(
        "undo-normalizes-once-more",
        "Your γ and β normalize once more; they have to lead back to x.",
        {
            "undo_parameters": (
                f"gamma = {GAMMA}",
                f"gamma = 1 / {GAMMA}",
                "beta = np.mean(x, axis=0)",
                "beta = -np.mean(x, axis=0) * gamma",
            )
        },
        fails="undo_parameters: values eps corners purity",
    ),
    wrong(
        "undo-returned-in-another-order",
        "Your undo_parameters returns β before γ.",
        {"undo_parameters": ("return gamma, beta", "return beta, gamma")},
        fails="undo_parameters: values eps corners purity",
    ),
    wrong(
        "undo-centers-in-place",
        "Your undo_parameters takes the mean off the array that was passed in.",
        {"undo_parameters": ("return gamma, beta", "x -= beta\n    return gamma, beta")},
        fails="undo_parameters: purity",
    ),
)
