"""Wrong variants of batch normalization at inference (Algorithm 2)."""

from __future__ import annotations

from autograder.misconceptions import Variants

from ..reference import batchnorm

__all__ = ["WRONG"]

wrong = Variants(batchnorm)

POPULATION = (
    wrong(
        "population-biased",
        "Your population variance is the mean of the mini-batches' variances as they are; Algorithm 2 corrects for "
        "their divisor.",
        {"population_statistics": ("m / (m - 1) * np.mean(sigma2", "np.mean(sigma2")},
        fails=(
            "population_statistics: values small-batches corners purity speed; freeze_batchnorm: values corners purity"
        ),
    ),
    wrong(
        "population-of-all-samples",
        "Your population variance is that of all samples together; Algorithm 2 averages the mini-batches' own.",
        {
            "population_statistics": (
                "m / (m - 1) * np.mean(sigma2, axis=0)",
                "np.var(batches.reshape(-1, batches.shape[2]), axis=0, ddof=1)",
            )
        },
        fails=(
            "population_statistics: values small-batches corners purity speed; freeze_batchnorm: values corners purity"
        ),
    ),
    wrong(
        "population-averages-deviations",
        "You average the mini-batches' standard deviations; Algorithm 2 averages their variances.",
        {
            "population_statistics": (
                "m / (m - 1) * np.mean(sigma2, axis=0)",
                "np.mean(np.std(batches, axis=1, ddof=1), axis=0) ** 2",
            )
        },
        fails=(
            "population_statistics: values small-batches corners purity speed; freeze_batchnorm: values corners purity"
        ),
    ),
    wrong(
        "population-of-the-last-batch",
        "Your population statistics are those of the last mini-batch; all of them count.",
        {"population_statistics": ("np.mean(mu, axis=0)", "mu[-1]", "np.mean(sigma2, axis=0)", "sigma2[-1]")},
        fails=(
            "population_statistics: values small-batches corners purity speed; freeze_batchnorm: values corners purity"
        ),
    ),
    wrong(
        "population-number-of-batches",
        "In your m/(m − 1) stands the number of mini-batches; m is the number of samples in one.",
        {"population_statistics": ("batches.shape[1]", "batches.shape[0]")},
        fails=(
            "population_statistics: values small-batches corners purity speed; freeze_batchnorm: values corners purity"
        ),
    ),
    wrong(
        "population-factor-inverted",
        "Your factor of the variance is upside down: a sample's variance is too small, not too large.",
        {"population_statistics": ("m / (m - 1)", "(m - 1) / m")},
        fails=(
            "population_statistics: values small-batches corners purity speed; freeze_batchnorm: values corners purity"
        ),
    ),
    wrong(
        "population-running-average",
        "You keep a running average, in which the last mini-batches count most; Algorithm 2 weighs all alike.",
        {
            "population_statistics": (
                "mean = np.mean(mu, axis=0)  # (B, D) -> (D,)",
                "mean, var = 0, 1\n    for b in range(len(mu)):\n        mean = 0.9 * mean + 0.1 * mu[b]",
                "var = m / (m - 1) * np.mean(sigma2, axis=0)  # (B, D) -> (D,)",
                "    var = 0.9 * var + 0.1 * m / (m - 1) * sigma2[b]",
            )
        },
        fails=(
            "population_statistics: values small-batches corners purity speed; freeze_batchnorm: values corners purity"
        ),
    ),
)

INFERENCE = (
    wrong(
        "fold-without-eps",
        "Your scale leaves ε out; Algorithm 2 has it where Algorithm 1 has.",
        {"inference_parameters": ("np.sqrt(var + eps)", "np.sqrt(var)")},
        fails="inference_parameters: values eps corners purity; freeze_batchnorm: values corners purity",
    ),
    wrong(
        "fold-eps-outside-root",
        "Your inference_parameters adds ε to the root of the variance.",
        {"inference_parameters": ("np.sqrt(var + eps)", "(np.sqrt(var) + eps)")},
        fails="inference_parameters: values eps corners purity; freeze_batchnorm: values corners purity",
    ),
    wrong(
        "fold-shift-is-beta",
        "Your shift is β itself: the mean that training subtracted is not taken off.",
        {"inference_parameters": ("beta - scale * mean", "1.0 * beta")},
        fails="inference_parameters: values eps corners purity; freeze_batchnorm: values corners purity",
    ),
    wrong(
        "fold-mean-not-scaled",
        "In your shift the mean is taken off as it is; it goes through the scale as x does.",
        {"inference_parameters": ("beta - scale * mean", "beta - mean")},
        fails="inference_parameters: values eps corners purity; freeze_batchnorm: values corners purity",
    ),
    wrong(
        "fold-mean-times-gamma",
        "In your shift the mean is multiplied with γ alone; it goes through the whole scale as x does.",
        {"inference_parameters": ("beta - scale * mean", "beta - gamma * mean")},
        fails="inference_parameters: values eps corners purity; freeze_batchnorm: values corners purity",
    ),
    wrong(
        "fold-sign-of-the-mean",
        "In your shift the mean has the wrong sign.",
        {"inference_parameters": ("beta - scale * mean", "beta + scale * mean")},
        fails="inference_parameters: values eps corners purity; freeze_batchnorm: values corners purity",
    ),
    wrong(
        "fold-root-forgotten",
        "Your scale divides by the variance; its root is meant.",
        {"inference_parameters": ("np.sqrt(var + eps)", "(var + eps)")},
        fails="inference_parameters: values eps corners purity; freeze_batchnorm: values corners purity",
    ),
    wrong(
        "inference-normalizes-the-batch",
        "Your batchnorm_inference normalizes by the statistics of its own batch; at inference each sample stands for "
        "itself.",
        {
            "batchnorm_inference": (
                "scale * x + shift",
                "scale * (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + 1e-5) + shift",
            )
        },
        fails="batchnorm_inference: values corners purity; inference_scores: scores alone purity",
    ),
    wrong(
        "inference-shift-first",
        "Your batchnorm_inference shifts before it scales.",
        {"batchnorm_inference": ("scale * x + shift", "scale * (x + shift)")},
        fails="batchnorm_inference: values corners purity; inference_scores: scores alone purity",
    ),
    wrong(
        "inference-scale-and-shift-swapped",
        "Your batchnorm_inference scales by the shift and shifts by the scale.",
        {"batchnorm_inference": ("scale * x + shift", "shift * x + scale")},
        fails="batchnorm_inference: values corners purity; inference_scores: scores alone purity",
    ),
)

WRONG = (*POPULATION, *INFERENCE)
