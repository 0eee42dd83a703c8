"""Wrong variants of batch normalization's backward function."""

from __future__ import annotations

from autograder.misconceptions import Variants

from ..reference import batchnorm

__all__ = ["WRONG"]

wrong = Variants(batchnorm)

DVAR = "np.sum(dx_hat * x_mu, axis=0)"
DMU = "np.sum(dx_hat, axis=0)"
DX = "dx_hat / std + dvar * 2 * x_mu / m + dmu / m"

WRONG = (
    wrong(
        "dx-eps-left-out",
        "Your dx leaves ε out, which the forward function has under its root.",
        {"batchnorm_backward": ("m = len(dout)", "m = len(dout)\n    std = np.sqrt(np.mean(x_mu**2, axis=0))")},
        fails=(
            "batchnorm_backward: x eps near-eps corners purity speed; network_loss: batchnorm corners; train: "
            "full-batch normalized purity"
        ),
    ),
    wrong(
        "dx-another-eps",
        "Your dx has an ε of its own; it is the forward function's that counts.",
        {"batchnorm_backward": ("m = len(dout)", "m = len(dout)\n    std = np.sqrt(np.mean(x_mu**2, axis=0) + 1e-8)")},
        fails=(
            "batchnorm_backward: x eps near-eps corners purity speed; network_loss: batchnorm corners; train: "
            "full-batch normalized purity"
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
            "full-batch normalized purity"
        ),
    ),
    wrong(
        "dx-eps-left-out-of-the-variance",
        "In your dx the path through the variance leaves ε out.",
        {"batchnorm_backward": ("2 * std**3", "2 * np.mean(x_mu**2, axis=0) * std")},
        fails=(
            "batchnorm_backward: x eps near-eps corners purity speed; network_loss: batchnorm corners; train: "
            "full-batch normalized purity?"
        ),
    ),
    wrong(
        "dx-mean-taken-as-constant",
        "Your dx takes the mini-batch's mean as a constant; it depends on x, too.",
        {"batchnorm_backward": (" + dmu / m", "")},
        fails=(
            "batchnorm_backward: x eps near-eps corners purity speed; network_loss: batchnorm corners; train: "
            "full-batch normalized purity"
        ),
    ),
    wrong(
        "dx-variance-taken-as-constant",
        "Your dx takes the mini-batch's variance as a constant; it depends on x, too.",
        {"batchnorm_backward": (" + dvar * 2 * x_mu / m", "")},
        fails=(
            "batchnorm_backward: x eps near-eps corners purity speed; network_loss: batchnorm corners; train: "
            "full-batch normalized purity"
        ),
    ),
    wrong(
        "dx-statistics-taken-as-constants",
        "Your dx takes mean and variance as constants; both depend on every x of the mini-batch.",
        {"batchnorm_backward": (DX, "dx_hat / std")},
        fails=(
            "batchnorm_backward: x eps near-eps corners purity speed; network_loss: batchnorm corners; train: "
            "full-batch normalized purity"
        ),
    ),
    wrong(
        "dx-mean-not-summed",
        "In your dx the path through the mean is not summed: all samples of the mini-batch share one mean.",
        {"batchnorm_backward": (DMU, "dx_hat")},
        fails=(
            "batchnorm_backward: x eps near-eps corners purity speed; network_loss: batchnorm corners; train: "
            "full-batch normalized purity"
        ),
    ),
    wrong(
        "dx-variance-not-summed",
        "In your dx the path through the variance is not summed: all samples of the mini-batch share one variance.",
        {"batchnorm_backward": (DVAR, "(dx_hat * x_mu)")},
        fails=(
            "batchnorm_backward: x eps near-eps corners purity speed; network_loss: batchnorm corners; train: "
            "full-batch normalized purity"
        ),
    ),
    wrong(
        "dx-of-each-sample-alone",
        "Your dx lets each x act on its own output alone; through mean and variance it acts on the whole mini-batch.",
        {"batchnorm_backward": (DMU, "dx_hat", DVAR, "(dx_hat * x_mu)")},
        fails=(
            "batchnorm_backward: x eps near-eps corners purity speed; network_loss: batchnorm corners; train: "
            "full-batch normalized purity"
        ),
    ),
    wrong(
        "dx-power-of-the-deviation",
        "In your dx a power of the deviation stands on the wrong side of the fraction bar.",
        {"batchnorm_backward": ("/ (2 * std**3)", "/ 2 * std**3")},
        fails=(
            "batchnorm_backward: x eps near-eps corners purity speed; network_loss: batchnorm corners; train: "
            "full-batch normalized purity"
        ),
    ),
    wrong(
        "dx-half-forgotten",
        "In your dx the path through the variance counts double: the derivative of a root has a factor.",
        {"batchnorm_backward": ("2 * std**3", "std**3")},
        fails=(
            "batchnorm_backward: x eps near-eps corners purity speed; network_loss: batchnorm corners; train: "
            "full-batch normalized purity"
        ),
    ),
    wrong(
        "dx-gamma-forgotten",
        "Your dx leaves out γ, with which the output was scaled.",
        {"batchnorm_backward": ("dout * gamma", "dout")},
        fails=(
            "batchnorm_backward: x eps near-eps corners purity speed; network_loss: batchnorm corners; train: "
            "full-batch normalized purity"
        ),
    ),
    wrong(
        "dx-variance-not-divided-by-m",
        "In your dx the path through the variance lacks a division: the variance is a mean.",
        {"batchnorm_backward": ("x_mu / m", "x_mu")},
        fails=(
            "batchnorm_backward: x eps near-eps corners purity speed; network_loss: batchnorm corners; train: "
            "full-batch normalized purity"
        ),
    ),
    wrong(
        "dx-mean-not-divided-by-m",
        "In your dx the path through the mean lacks a division.",
        {"batchnorm_backward": ("dmu / m", "dmu")},
        fails=(
            "batchnorm_backward: x eps near-eps corners purity speed; network_loss: batchnorm corners; train: "
            "full-batch normalized purity"
        ),
    ),
    wrong(
        "dx-mean-sign",
        "In your dx the path through the mean has the wrong sign.",
        {"batchnorm_backward": ("dmu = -np", "dmu = np")},
        fails=(
            "batchnorm_backward: x eps near-eps corners purity speed; network_loss: batchnorm corners; train: "
            "full-batch normalized purity"
        ),
    ),
    wrong(
        "dx-variance-sign",
        "In your dx the path through the variance has the wrong sign.",
        {"batchnorm_backward": ("dvar = -np", "dvar = np")},
        fails=(
            "batchnorm_backward: x eps near-eps corners purity speed; network_loss: batchnorm corners; train: "
            "full-batch normalized purity"
        ),
    ),
    wrong(
        "dx-paths-multiplied",
        "In your dx two of the paths are multiplied; the ways in which x acts on the loss add up.",
        {"batchnorm_backward": ("dx_hat / std + dvar * 2", "dx_hat / std * dvar * 2")},
        fails=(
            "batchnorm_backward: x eps near-eps corners purity speed; network_loss: batchnorm corners; train: "
            "full-batch normalized purity"
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
            "full-batch normalized purity"
        ),
    ),
    wrong(
        "dgamma-one-number",
        "Your dgamma is one number; each feature has a γ of its own.",
        {"batchnorm_backward": ("np.sum(dout * x_hat, axis=0)", "np.sum(dout * x_hat)")},
        fails=(
            "batchnorm_backward: gamma-beta eps near-eps corners purity speed; network_loss: batchnorm corners; "
            "train: full-batch normalized purity"
        ),
    ),
    wrong(
        "dbeta-one-number",
        "Your dbeta is one number; each feature has a β of its own.",
        {"batchnorm_backward": ("np.sum(dout, axis=0)", "np.sum(dout)")},
        fails=(
            "batchnorm_backward: gamma-beta eps near-eps corners purity speed; network_loss: batchnorm corners; "
            "train: full-batch normalized purity"
        ),
    ),
    wrong(
        "dgamma-mean",
        "Your dgamma is a mean over the mini-batch. Whether the loss is a mean is in dout already.",
        {"batchnorm_backward": ("np.sum(dout * x_hat, axis=0)", "np.mean(dout * x_hat, axis=0)")},
        fails=(
            "batchnorm_backward: gamma-beta eps near-eps corners purity speed; network_loss: batchnorm corners; "
            "train: full-batch normalized purity"
        ),
    ),
    wrong(
        "dbeta-mean",
        "Your dbeta is a mean over the mini-batch. Whether the loss is a mean is in dout already.",
        {"batchnorm_backward": ("np.sum(dout, axis=0)", "np.mean(dout, axis=0)")},
        fails=(
            "batchnorm_backward: gamma-beta eps near-eps corners purity speed; network_loss: batchnorm corners; "
            "train: full-batch normalized purity"
        ),
    ),
    wrong(
        "dgamma-not-summed",
        "Your dgamma has a row for each sample; all samples share one γ of a feature.",
        {"batchnorm_backward": ("np.sum(dout * x_hat, axis=0)", "dout * x_hat")},
        fails=(
            "batchnorm_backward: gamma-beta eps near-eps corners purity speed; network_loss: batchnorm corners; "
            "train: full-batch normalized purity"
        ),
    ),
    wrong(
        "dbeta-not-summed",
        "Your dbeta has a row for each sample; all samples share one β of a feature.",
        {"batchnorm_backward": ("np.sum(dout, axis=0)", "dout")},
        fails=(
            "batchnorm_backward: gamma-beta eps near-eps corners purity speed; network_loss: batchnorm corners; "
            "train: full-batch normalized purity"
        ),
    ),
    wrong(
        "dgamma-a-matrix",
        "Your dgamma is a matrix: a matrix product also multiplies different features with each other.",
        {"batchnorm_backward": ("np.sum(dout * x_hat, axis=0)", "dout.T @ x_hat")},
        fails=(
            "batchnorm_backward: gamma-beta eps near-eps corners purity speed; network_loss: batchnorm corners; "
            "train: full-batch normalized purity"
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
            "train: full-batch normalized purity"
        ),
    ),
    wrong(
        "dgamma-from-centered-x",
        "Your dgamma has x minus its mean, not yet divided by the deviation: γ scales what is normalized.",
        {"batchnorm_backward": ("dout * x_hat", "dout * x_mu")},
        fails=(
            "batchnorm_backward: gamma-beta eps near-eps corners purity speed; network_loss: batchnorm corners; "
            "train: full-batch normalized purity"
        ),
    ),
    wrong(
        "dgamma-and-dbeta-swapped",
        "You return dbeta before dgamma: gradients come in the order of the forward function's arguments.",
        {"batchnorm_backward": ("return dx, dgamma, dbeta", "return dx, dbeta, dgamma")},
        fails=(
            "batchnorm_backward: gamma-beta eps near-eps corners purity speed; network_loss: batchnorm corners; "
            "train: full-batch normalized purity"
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
            "full-batch normalized purity"
        ),
    ),
)
