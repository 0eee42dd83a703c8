"""Wrong variants of batch normalization's forward function (Algorithm 1)."""

from __future__ import annotations

from autograder.misconceptions import Variants

from ..reference import batchnorm

__all__ = ["WRONG"]

wrong = Variants(batchnorm)

MU = "np.mean(x, axis=0)"
VAR = "np.mean(x_mu**2, axis=0)"
STD = "np.sqrt(var + eps)"
DVAR = "np.sum(dx_hat * x_mu, axis=0)"
DMU = "np.sum(dx_hat, axis=0)"
DX = "dx_hat / std + dvar * 2 * x_mu / m + dmu / m"
BOTH = ("batchnorm_forward", "batchnorm_backward")

# A wrong forward function has the backward that is right for it, wherever a student's would be, too.
WRONG = (
    wrong(
        "unbiased-variance",
        "Your variance divides by m − 1; Algorithm 1 divides by m.",
        {
            "batchnorm_forward": (VAR, "np.var(x, axis=0, ddof=1)"),
            "batchnorm_backward": ("x_mu / m", "x_mu / (m - 1)"),
        },
        fails=(
            "batchnorm_forward: forward eps near-eps corners large-mean purity speed; batchnorm_backward: purity "
            "speed; network_scores: batchnorm corners; network_loss: batchnorm corners; train: full-batch normalized "
            "purity; freeze_batchnorm: values corners purity"
        ),
        carries=True,
    ),
    wrong(
        "eps-outside-root",
        "You add ε to the root of the variance; Algorithm 1 adds it to the variance.",
        {
            "batchnorm_forward": (STD, "(np.sqrt(var) + eps)"),
            "batchnorm_backward": ("2 * std**3", "2 * std**2 * np.sqrt(np.mean(x_mu**2, axis=0))"),
        },
        fails=(
            "batchnorm_forward: forward eps near-eps corners large-mean purity speed; batchnorm_backward: purity "
            "speed; network_scores: batchnorm corners; network_loss: batchnorm corners; train: full-batch normalized "
            "purity; freeze_batchnorm: values corners purity"
        ),
        carries=True,
    ),
    wrong(
        "eps-left-out",
        "You leave ε out of Algorithm 1: it is added to the variance.",
        {"batchnorm_forward": (STD, "np.sqrt(var)")},
        functions=BOTH,
        fails=(
            "batchnorm_forward: forward eps near-eps corners large-mean purity speed; batchnorm_backward: purity "
            "speed; network_scores: batchnorm corners; network_loss: batchnorm corners; train: full-batch normalized "
            "purity; freeze_batchnorm: values corners purity"
        ),
        carries=True,
    ),
    wrong(
        "eps-hard-coded",
        "Your ε is 1e-5 whatever eps is passed in.",
        {"batchnorm_forward": (STD, "np.sqrt(var + 1e-5)")},
        functions=BOTH,
        fails="batchnorm_forward: eps near-eps corners",
        carries=True,
    ),
    wrong(
        "eps-another-default",
        "Your eps has another default value than the one that is asked for.",
        {"batchnorm_forward": ("eps=1e-5", "eps=1e-8")},
        functions=BOTH,
        fails=(
            "batchnorm_forward: forward near-eps corners large-mean purity speed; batchnorm_backward: purity speed; "
            "network_scores: batchnorm corners; network_loss: batchnorm corners; train: full-batch normalized purity; "
            "freeze_batchnorm: values corners purity"
        ),
        carries=True,
    ),
    wrong(
        "eps-subtracted",
        "You subtract ε from the variance, whose root may then not exist.",
        {"batchnorm_forward": (STD, "np.sqrt(var - eps)")},
        functions=BOTH,
        fails=(
            "batchnorm_forward: forward eps near-eps corners large-mean purity speed; batchnorm_backward: near-eps? "
            "purity speed; network_scores: batchnorm corners; network_loss: batchnorm corners; train: full-batch "
            "normalized purity; freeze_batchnorm: values corners purity"
        ),
        carries=True,
    ),
    wrong(
        "root-of-the-variance-forgotten",
        "You divide by the variance; what is normalized then has not the variance 1.",
        {"batchnorm_forward": (STD, "(var + eps)"), "batchnorm_backward": ("2 * std**3", "std**2")},
        fails=(
            "batchnorm_forward: forward eps near-eps corners large-mean purity speed; batchnorm_backward: purity "
            "speed; network_scores: batchnorm corners; network_loss: batchnorm corners; train: full-batch normalized "
            "purity; freeze_batchnorm: values corners purity"
        ),
        carries=True,
    ),
    wrong(
        "root-of-the-mean",
        "You take the root of the mean where that of the variance belongs.",
        {"batchnorm_forward": (STD, "np.sqrt(mu + eps)")},
        functions=BOTH,
        fails=(
            "batchnorm_forward: forward eps near-eps corners large-mean purity speed; batchnorm_backward: gamma-beta "
            "x eps near-eps corners purity speed; network_scores: batchnorm corners; network_loss: batchnorm corners; "
            "train: full-batch normalized purity; freeze_batchnorm: values corners purity"
        ),
    ),
    wrong(
        "normalized-over-the-whole-array",
        "You have one mean and one variance for all features; each feature has its own.",
        {
            "batchnorm_forward": (MU, "np.mean(x)", VAR, "np.mean(x_mu**2)"),
            "batchnorm_backward": (
                "len(dout)",
                "dout.size",
                DVAR,
                "np.sum(dx_hat * x_mu)",
                DMU,
                "np.sum(dx_hat)",
            ),
        },
        fails=(
            "batchnorm_forward: forward eps near-eps corners large-mean purity speed; batchnorm_backward: purity "
            "speed; network_scores: batchnorm corners; network_loss: batchnorm corners; train: full-batch normalized "
            "purity; freeze_batchnorm: values corners purity"
        ),
        carries=True,
    ),
    wrong(
        "normalized-over-the-features",
        "You normalize each sample over its features; each feature is to be normalized over the mini-batch.",
        {
            "batchnorm_forward": (
                MU,
                "np.mean(x, axis=1, keepdims=True)",
                VAR,
                "np.mean(x_mu**2, axis=1, keepdims=True)",
            ),
            "batchnorm_backward": (
                "len(dout)",
                "dout.shape[1]",
                DVAR,
                "np.sum(dx_hat * x_mu, axis=1, keepdims=True)",
                DMU,
                "np.sum(dx_hat, axis=1, keepdims=True)",
            ),
        },
        fails=(
            "batchnorm_forward: forward eps near-eps corners large-mean purity speed; batchnorm_backward: purity "
            "speed; network_scores: batchnorm corners; network_loss: batchnorm corners; train: full-batch normalized "
            "purity; freeze_batchnorm: values corners purity"
        ),
        carries=True,
    ),
    wrong(
        "not-normalized-at-all",
        "You scale and shift x as it is: nothing is normalized.",
        {
            "batchnorm_forward": ("x_hat = x_mu / std", "x_hat = x"),
            "batchnorm_backward": (DX, "dx_hat"),
        },
        fails=(
            "batchnorm_forward: forward eps near-eps corners large-mean purity speed; batchnorm_backward: gamma-beta "
            "x eps near-eps corners purity speed; network_scores: batchnorm corners; network_loss: batchnorm corners; "
            "train: full-batch normalized purity; freeze_batchnorm: values corners purity"
        ),
    ),
    wrong(
        "mean-not-subtracted",
        "You divide by the deviation, but leave the mean where it is.",
        {
            "batchnorm_forward": ("x_hat = x_mu / std", "x_hat = x / std"),
            "batchnorm_backward": (DVAR, "np.sum(dx_hat * x_hat * std, axis=0)", " + dmu / m", ""),
        },
        fails=(
            "batchnorm_forward: forward eps near-eps corners large-mean purity speed; batchnorm_backward: purity "
            "speed; network_scores: batchnorm corners; network_loss: batchnorm corners; train: full-batch normalized "
            "purity; freeze_batchnorm: values corners purity"
        ),
        carries=True,
    ),
    wrong(
        "beta-before-gamma",
        "You shift by β before you scale by γ.",
        {
            "batchnorm_forward": (
                "gamma * x_hat + beta",
                "gamma * (x_hat + beta)",
                "std, x_hat, gamma",
                "std, x_hat + beta, gamma",
            ),
            "batchnorm_backward": ("dbeta = np.sum(dout, axis=0)", "dbeta = np.sum(dout * gamma, axis=0)"),
        },
        fails=(
            "batchnorm_forward: forward eps near-eps corners large-mean purity speed; batchnorm_backward: purity "
            "speed; network_scores: batchnorm corners; network_loss: batchnorm corners; train: full-batch normalized "
            "purity; freeze_batchnorm: values corners purity"
        ),
        carries=True,
    ),
    wrong(
        "gamma-and-beta-swapped",
        "You scale by β and shift by γ.",
        {
            "batchnorm_forward": (
                "gamma * x_hat + beta",
                "beta * x_hat + gamma",
                "std, x_hat, gamma)",
                "std, x_hat, beta)",
            ),
            "batchnorm_backward": ("return dx, dgamma, dbeta", "return dx, dbeta, dgamma"),
        },
        fails=(
            "batchnorm_forward: forward eps near-eps corners large-mean purity speed; batchnorm_backward: purity "
            "speed; network_scores: batchnorm corners; network_loss: batchnorm corners; train: full-batch normalized "
            "purity; freeze_batchnorm: values corners purity"
        ),
        carries=True,
    ),
    wrong(
        "mean-of-squares-minus-squared-mean",
        "You take the variance as the difference of two large numbers, in which its digits are lost where the mean "
        "is large.",
        {"batchnorm_forward": (VAR, "np.mean(x**2, axis=0) - mu**2")},
        fails="batchnorm_forward: large-mean",
    ),
    wrong(
        "centers-in-place",
        "You take the mean from x itself, which the caller still needs.",
        {"batchnorm_forward": ("x_mu = x - mu", "x -= mu\n    x_mu = x")},
        fails="batchnorm_forward: purity",
    ),
    wrong(
        "normalized-in-single-precision",
        "You compute in float32, which has seven digits; float64 is asked for.",
        {"batchnorm_forward": ("x_mu = x - mu", "x_mu = (x - mu).astype(np.float32).astype(np.float64)")},
        fails=(
            "batchnorm_forward: forward eps near-eps corners large-mean purity speed; batchnorm_backward: "
            "gamma-beta x eps near-eps corners purity speed; network_scores: batchnorm corners; network_loss: "
            "batchnorm corners; train: full-batch? normalized? purity?; freeze_batchnorm: values? corners purity?"
        ),
    ),
)
