"""Wrong variants of batch normalization."""

from __future__ import annotations

from autograder.misconceptions import Variants

from ..reference import batchnorm

__all__ = ["WRONG"]

wrong = Variants(batchnorm)

MU, VAR, STD = "np.mean(x, axis=0)", "np.mean(x_mu**2, axis=0)", "np.sqrt(var + eps)"
DVAR, DMU = "np.sum(dx_hat * x_mu, axis=0)", "np.sum(dx_hat, axis=0)"
DX = "dx_hat / std + dvar * 2 * x_mu / m + dmu / m"
BOTH = ("batchnorm_forward", "batchnorm_backward")

# A wrong forward function has the backward that is right for it, wherever a student's would be, too.
FORWARD = (
    wrong(
        "unbiased-variance",
        "Your variance divides by m − 1; Algorithm 1 divides by m.",
        {
            "batchnorm_forward": (VAR, "np.var(x, axis=0, ddof=1)"),
            "batchnorm_backward": ("x_mu / m", "x_mu / (m - 1)"),
        },
        fails=(
            "batchnorm_forward: forward eps near-eps corners large-mean purity speed; batchnorm_backward: purity "
            "speed; network_scores: batchnorm corners; network_loss: batchnorm corners; train: full-batch purity; "
            "freeze_batchnorm: values corners purity"
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
            "speed; network_scores: batchnorm corners; network_loss: batchnorm corners; train: full-batch purity; "
            "freeze_batchnorm: values corners purity"
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
            "speed; network_scores: batchnorm corners; network_loss: batchnorm corners; train: full-batch purity; "
            "freeze_batchnorm: values corners purity"
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
            "batchnorm_forward: forward near-eps corners large-mean purity speed; batchnorm_backward: purity "
            "speed; network_scores: batchnorm corners; network_loss: batchnorm corners; train: full-batch purity; "
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
            "batchnorm_forward: forward eps near-eps corners large-mean purity speed; batchnorm_backward: "
            "near-eps purity speed; network_scores: batchnorm corners; network_loss: batchnorm corners; train: "
            "full-batch purity; freeze_batchnorm: values corners purity"
        ),
        carries=True,
    ),
    wrong(
        "root-of-the-variance-forgotten",
        "You divide by the variance; what is normalized then has not the variance 1.",
        {"batchnorm_forward": (STD, "(var + eps)"), "batchnorm_backward": ("2 * std**3", "std**2")},
        fails=(
            "batchnorm_forward: forward eps near-eps corners large-mean purity speed; batchnorm_backward: purity "
            "speed; network_scores: batchnorm corners; network_loss: batchnorm corners; train: full-batch purity; "
            "freeze_batchnorm: values corners purity"
        ),
        carries=True,
    ),
    wrong(
        "root-of-the-mean",
        "You take the root of the mean where that of the variance belongs.",
        {"batchnorm_forward": (STD, "np.sqrt(mu + eps)")},
        functions=BOTH,
        fails=(
            "batchnorm_forward: forward eps near-eps corners large-mean purity speed; batchnorm_backward: "
            "gamma-beta x eps near-eps corners purity speed; network_scores: batchnorm corners; network_loss: "
            "batchnorm corners; train: full-batch purity; freeze_batchnorm: values corners purity"
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
            "speed; network_scores: batchnorm corners; network_loss: batchnorm corners; train: full-batch purity; "
            "freeze_batchnorm: values corners purity"
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
            "speed; network_scores: batchnorm corners; network_loss: batchnorm corners; train: full-batch purity; "
            "freeze_batchnorm: values corners purity"
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
            "batchnorm_forward: forward eps near-eps corners large-mean purity speed; batchnorm_backward: "
            "gamma-beta x eps near-eps corners purity speed; network_scores: batchnorm corners; network_loss: "
            "batchnorm corners; train: full-batch purity; freeze_batchnorm: values corners purity"
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
            "speed; network_scores: batchnorm corners; network_loss: batchnorm corners; train: full-batch purity; "
            "freeze_batchnorm: values corners purity"
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
            "speed; network_scores: batchnorm corners; network_loss: batchnorm corners; train: full-batch purity; "
            "freeze_batchnorm: values corners purity"
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
            "speed; network_scores: batchnorm corners; network_loss: batchnorm corners; train: full-batch purity; "
            "freeze_batchnorm: values corners purity"
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
        fails="batchnorm_forward: purity; batchnorm_backward: purity",
    ),
    wrong(
        "normalized-in-single-precision",
        "You compute in float32, which has seven digits; float64 is asked for.",
        {"batchnorm_forward": ("x_mu = x - mu", "x_mu = (x - mu).astype(np.float32).astype(np.float64)")},
        fails=(
            "batchnorm_forward: forward eps near-eps corners large-mean purity speed; batchnorm_backward: "
            "gamma-beta x eps near-eps corners purity speed; network_scores: batchnorm corners; network_loss: "
            "batchnorm corners; freeze_batchnorm: values corners purity"
        ),
    ),
)

BACKWARD = (
    wrong(
        "dx-eps-left-out",
        "Your dx leaves ε out, which the forward function has under its root.",
        {"batchnorm_backward": ("m = len(dout)", "m = len(dout)\n    std = np.sqrt(np.mean(x_mu**2, axis=0))")},
        fails=(
            "batchnorm_backward: x eps near-eps corners purity speed; network_loss: batchnorm corners; train: "
            "full-batch purity"
        ),
    ),
    wrong(
        "dx-another-eps",
        "Your dx has an ε of its own; it is the forward function's that counts.",
        {"batchnorm_backward": ("m = len(dout)", "m = len(dout)\n    std = np.sqrt(np.mean(x_mu**2, axis=0) + 1e-8)")},
        fails=(
            "batchnorm_backward: x eps near-eps corners purity speed; network_loss: batchnorm corners; train: "
            "full-batch purity"
        ),
    ),
    wrong(
        "dx-eps-subtracted",
        "Your dx has ε with the wrong sign under its root.",
        {
            "batchnorm_backward": (
                "m = len(dout)",
                "m = len(dout)\n    std = np.sqrt(2 * np.mean(x_mu**2, axis=0) - std**2)",
            )
        },
        fails=(
            "batchnorm_backward: x eps near-eps corners purity speed; network_loss: batchnorm corners; train: "
            "full-batch purity"
        ),
    ),
    wrong(
        "dx-eps-left-out-of-the-variance",
        "In your dx the path through the variance leaves ε out.",
        {"batchnorm_backward": ("2 * std**3", "2 * np.mean(x_mu**2, axis=0) * std")},
        fails=(
            "batchnorm_backward: x eps near-eps corners purity speed; network_loss: batchnorm corners; train: "
            "full-batch purity"
        ),
    ),
    wrong(
        "dx-mean-taken-as-constant",
        "Your dx takes the mini-batch's mean as a constant; it depends on x, too.",
        {"batchnorm_backward": (" + dmu / m", "")},
        fails=(
            "batchnorm_backward: x eps near-eps corners purity speed; network_loss: batchnorm corners; train: "
            "full-batch purity"
        ),
    ),
    wrong(
        "dx-variance-taken-as-constant",
        "Your dx takes the mini-batch's variance as a constant; it depends on x, too.",
        {"batchnorm_backward": (" + dvar * 2 * x_mu / m", "")},
        fails=(
            "batchnorm_backward: x eps near-eps corners purity speed; network_loss: batchnorm corners; train: "
            "full-batch purity"
        ),
    ),
    wrong(
        "dx-statistics-taken-as-constants",
        "Your dx takes mean and variance as constants; both depend on every x of the mini-batch.",
        {"batchnorm_backward": (DX, "dx_hat / std")},
        fails=(
            "batchnorm_backward: x eps near-eps corners purity speed; network_loss: batchnorm corners; train: "
            "full-batch purity"
        ),
    ),
    wrong(
        "dx-mean-not-summed",
        "In your dx the path through the mean is not summed: all samples of the mini-batch share one mean.",
        {"batchnorm_backward": (DMU, "dx_hat")},
        fails=(
            "batchnorm_backward: x eps near-eps corners purity speed; network_loss: batchnorm corners; train: "
            "full-batch purity"
        ),
    ),
    wrong(
        "dx-variance-not-summed",
        "In your dx the path through the variance is not summed: all samples of the mini-batch share one variance.",
        {"batchnorm_backward": (DVAR, "(dx_hat * x_mu)")},
        fails=(
            "batchnorm_backward: x eps near-eps corners purity speed; network_loss: batchnorm corners; train: "
            "full-batch purity"
        ),
    ),
    wrong(
        "dx-of-each-sample-alone",
        "Your dx lets each x act on its own output alone; through mean and variance it acts on the whole mini-batch.",
        {"batchnorm_backward": (DMU, "dx_hat", DVAR, "(dx_hat * x_mu)")},
        fails=(
            "batchnorm_backward: x eps near-eps corners purity speed; network_loss: batchnorm corners; train: "
            "full-batch purity"
        ),
    ),
    wrong(
        "dx-power-of-the-deviation",
        "In your dx a power of the deviation stands on the wrong side of the fraction bar.",
        {"batchnorm_backward": ("/ (2 * std**3)", "/ 2 * std**3")},
        fails=(
            "batchnorm_backward: x eps near-eps corners purity speed; network_loss: batchnorm corners; train: "
            "full-batch purity"
        ),
    ),
    wrong(
        "dx-half-forgotten",
        "In your dx the path through the variance counts double: the derivative of a root has a factor.",
        {"batchnorm_backward": ("2 * std**3", "std**3")},
        fails=(
            "batchnorm_backward: x eps near-eps corners purity speed; network_loss: batchnorm corners; train: "
            "full-batch purity"
        ),
    ),
    wrong(
        "dx-gamma-forgotten",
        "Your dx leaves out γ, with which the output was scaled.",
        {"batchnorm_backward": ("dout * gamma", "dout")},
        fails=(
            "batchnorm_backward: x eps near-eps corners purity speed; network_loss: batchnorm corners; train: "
            "full-batch purity"
        ),
    ),
    wrong(
        "dx-variance-not-divided-by-m",
        "In your dx the path through the variance lacks a division: the variance is a mean.",
        {"batchnorm_backward": ("x_mu / m", "x_mu")},
        fails=(
            "batchnorm_backward: x eps near-eps corners purity speed; network_loss: batchnorm corners; train: "
            "full-batch purity"
        ),
    ),
    wrong(
        "dx-mean-not-divided-by-m",
        "In your dx the path through the mean lacks a division.",
        {"batchnorm_backward": ("dmu / m", "dmu")},
        fails=(
            "batchnorm_backward: x eps near-eps corners purity speed; network_loss: batchnorm corners; train: "
            "full-batch purity"
        ),
    ),
    wrong(
        "dx-mean-sign",
        "In your dx the path through the mean has the wrong sign.",
        {"batchnorm_backward": ("dmu = -np", "dmu = np")},
        fails=(
            "batchnorm_backward: x eps near-eps corners purity speed; network_loss: batchnorm corners; train: "
            "full-batch purity"
        ),
    ),
    wrong(
        "dx-variance-sign",
        "In your dx the path through the variance has the wrong sign.",
        {"batchnorm_backward": ("dvar = -np", "dvar = np")},
        fails=(
            "batchnorm_backward: x eps near-eps corners purity speed; network_loss: batchnorm corners; train: "
            "full-batch purity"
        ),
    ),
    wrong(
        "dx-paths-multiplied",
        "In your dx two of the paths are multiplied; the ways in which x acts on the loss add up.",
        {"batchnorm_backward": ("dx_hat / std + dvar * 2", "dx_hat / std * dvar * 2")},
        fails=(
            "batchnorm_backward: x eps near-eps corners purity speed; network_loss: batchnorm corners; train: "
            "full-batch purity"
        ),
    ),
    wrong(
        "dx-parenthesis",
        "In your dx a parenthesis is misplaced: what all terms are divided by reaches only the last of them.",
        {
            "batchnorm_backward": (
                f"dx = {DX}",
                "dx = (m * dx_hat - np.sum(dx_hat, axis=0)) - x_hat * np.sum(dx_hat * x_hat, axis=0) / (m * std)",
            )
        },
        fails=(
            "batchnorm_backward: x eps near-eps corners purity speed; network_loss: batchnorm corners; train: "
            "full-batch purity"
        ),
    ),
    wrong(
        "dgamma-one-number",
        "Your dgamma is one number; each feature has a γ of its own.",
        {"batchnorm_backward": ("np.sum(dout * x_hat, axis=0)", "np.sum(dout * x_hat)")},
        fails=(
            "batchnorm_backward: gamma-beta eps near-eps corners purity speed; network_loss: batchnorm corners; "
            "train: full-batch purity"
        ),
    ),
    wrong(
        "dbeta-one-number",
        "Your dbeta is one number; each feature has a β of its own.",
        {"batchnorm_backward": ("np.sum(dout, axis=0)", "np.sum(dout)")},
        fails=(
            "batchnorm_backward: gamma-beta eps near-eps corners purity speed; network_loss: batchnorm corners; "
            "train: full-batch purity"
        ),
    ),
    wrong(
        "dgamma-mean",
        "Your dgamma is a mean over the mini-batch. Whether the loss is a mean is in dout already.",
        {"batchnorm_backward": ("np.sum(dout * x_hat, axis=0)", "np.mean(dout * x_hat, axis=0)")},
        fails=(
            "batchnorm_backward: gamma-beta eps near-eps corners purity speed; network_loss: batchnorm corners; "
            "train: full-batch purity"
        ),
    ),
    wrong(
        "dbeta-mean",
        "Your dbeta is a mean over the mini-batch. Whether the loss is a mean is in dout already.",
        {"batchnorm_backward": ("np.sum(dout, axis=0)", "np.mean(dout, axis=0)")},
        fails=(
            "batchnorm_backward: gamma-beta eps near-eps corners purity speed; network_loss: batchnorm corners; "
            "train: full-batch purity"
        ),
    ),
    wrong(
        "dgamma-not-summed",
        "Your dgamma has a row for each sample; all samples share one γ of a feature.",
        {"batchnorm_backward": ("np.sum(dout * x_hat, axis=0)", "dout * x_hat")},
        fails=(
            "batchnorm_backward: gamma-beta eps near-eps corners purity speed; network_loss: batchnorm corners; "
            "train: full-batch purity"
        ),
    ),
    wrong(
        "dbeta-not-summed",
        "Your dbeta has a row for each sample; all samples share one β of a feature.",
        {"batchnorm_backward": ("np.sum(dout, axis=0)", "dout")},
        fails=(
            "batchnorm_backward: gamma-beta eps near-eps corners purity speed; network_loss: batchnorm corners; "
            "train: full-batch purity"
        ),
    ),
    wrong(
        "dgamma-a-matrix",
        "Your dgamma is a matrix: a matrix product also multiplies different features with each other.",
        {"batchnorm_backward": ("np.sum(dout * x_hat, axis=0)", "dout.T @ x_hat")},
        fails=(
            "batchnorm_backward: gamma-beta eps near-eps corners purity speed; network_loss: batchnorm corners; "
            "train: full-batch purity"
        ),
    ),
    wrong(
        "dgamma-from-x",
        "Your dgamma has x where x̂ belongs: γ scales what is normalized.",
        {
            "batchnorm_forward": ("cache = (x_mu, std, x_hat, gamma)", "cache = (x_mu, std, x_hat, gamma, x)"),
            "batchnorm_backward": ("x_hat, gamma = cache", "x_hat, gamma, x = cache", "dout * x_hat", "dout * x"),
        },
        functions=("batchnorm_backward", "batchnorm_forward"),
        fails=(
            "batchnorm_backward: gamma-beta eps near-eps corners purity speed; network_loss: batchnorm corners; "
            "train: full-batch purity"
        ),
    ),
    wrong(
        "dgamma-from-centered-x",
        "Your dgamma has x minus its mean, not yet divided by the deviation: γ scales what is normalized.",
        {"batchnorm_backward": ("dout * x_hat", "dout * x_mu")},
        fails=(
            "batchnorm_backward: gamma-beta eps near-eps corners purity speed; network_loss: batchnorm corners; "
            "train: full-batch purity"
        ),
    ),
    wrong(
        "dgamma-and-dbeta-swapped",
        "You return dbeta before dgamma: gradients come in the order of the forward function's arguments.",
        {"batchnorm_backward": ("return dx, dgamma, dbeta", "return dx, dbeta, dgamma")},
        fails=(
            "batchnorm_backward: gamma-beta eps near-eps corners purity speed; network_loss: batchnorm corners; "
            "train: full-batch purity"
        ),
    ),
    wrong(
        "backward-writes-into-dout",
        "Your batchnorm_backward multiplies dout itself with γ, while the caller still needs it.",
        {"batchnorm_backward": ("dx_hat = dout * gamma", "dout *= gamma\n    dx_hat = dout")},
        fails="batchnorm_backward: purity",
    ),
    wrong(
        "cache-in-another-order",
        "Your batchnorm_backward unpacks the cache in another order than the forward function packed it.",
        {"batchnorm_backward": ("x_mu, std, x_hat, gamma = cache", "x_mu, gamma, x_hat, std = cache")},
        fails=(
            "batchnorm_backward: x eps near-eps corners purity speed; network_loss: batchnorm corners; train: "
            "full-batch purity"
        ),
    ),
)

GAMMA = "np.sqrt(np.var(x, axis=0) + eps)"

UNDO = (
    wrong(
        "undo-without-eps",
        "Your γ is the standard deviation; Algorithm 1 divides by slightly more than that.",
        {"undo_parameters": (GAMMA, "np.std(x, axis=0)")},
        fails="undo_parameters: values eps corners",
    ),
    wrong(
        "undo-eps-outside-root",
        "Your undo_parameters adds ε to the root of the variance; Algorithm 1 adds it inside.",
        {"undo_parameters": (GAMMA, "np.std(x, axis=0) + eps")},
        fails="undo_parameters: values eps corners",
    ),
    wrong(
        "undo-root-forgotten",
        "Your γ is the variance; what Algorithm 1 divides by is its root.",
        {"undo_parameters": (GAMMA, "np.var(x, axis=0) + eps")},
        fails="undo_parameters: values eps corners",
    ),
    wrong(
        "undo-unbiased",
        "Your undo_parameters takes the variance with m − 1; what Algorithm 1 did has to be undone.",
        {"undo_parameters": (GAMMA, "np.sqrt(np.var(x, axis=0, ddof=1) + eps)")},
        fails="undo_parameters: values eps corners",
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
        fails="undo_parameters: values eps corners",
    ),
    wrong(
        "undo-returned-in-another-order",
        "Your undo_parameters returns β before γ.",
        {"undo_parameters": ("return gamma, beta", "return beta, gamma")},
        fails="undo_parameters: values eps corners",
    ),
)

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
        fails="batchnorm_inference: values corners purity; inference_scores: scores alone",
    ),
    wrong(
        "inference-shift-first",
        "Your batchnorm_inference shifts before it scales.",
        {"batchnorm_inference": ("scale * x + shift", "scale * (x + shift)")},
        fails="batchnorm_inference: values corners purity; inference_scores: scores alone",
    ),
    wrong(
        "inference-scale-and-shift-swapped",
        "Your batchnorm_inference scales by the shift and shifts by the scale.",
        {"batchnorm_inference": ("scale * x + shift", "shift * x + scale")},
        fails="batchnorm_inference: values corners purity; inference_scores: scores alone",
    ),
)

WRONG = (*FORWARD, *BACKWARD, *UNDO, *POPULATION, *INFERENCE)
