"""Wrong variants of logistic regression's cost."""

from __future__ import annotations

from autograder.misconceptions import Variants

from ..reference import losses

__all__ = ["WRONG"]

wrong = Variants(losses)

COST = "-np.sum(y * log_pi + (1 - y) * log_not_pi)"

WRONG = (
    wrong(
        "logistic-mean",
        "Your logistic cost is the mean over the samples; the sum is asked for.",
        {"logistic_loss": (COST, COST.replace("sum", "mean"), "X.T @ dz", "X.T @ dz / len(y)")},
        fails="logistic_loss: cost far purity speed",
        carries=True,
    ),
    wrong(
        "logistic-gradient-mean",
        "Your dtheta is divided by the number of samples, while your cost is their sum.",
        {"logistic_loss": ("X.T @ dz", "X.T @ dz / len(y)")},
        fails="logistic_loss: gradient corners far purity speed",
    ),
    wrong(
        "logistic-gradient-sign",
        "Your dtheta has the wrong sign: it points downhill.",
        {"logistic_loss": ("X.T @ dz", "X.T @ -dz")},
        fails="logistic_loss: gradient corners far purity speed",
    ),
    wrong(
        "logistic-cost-sign",
        "Your logistic cost has the wrong sign: logarithms of probabilities are never positive.",
        {"logistic_loss": (COST, COST[1:])},
        fails="logistic_loss: cost gradient corners far purity speed",
    ),
    wrong(
        "logistic-negatives-missing",
        "Your logistic cost has only the samples with y = 1; the others have a term, too.",
        {"logistic_loss": (COST, "-np.sum(y * log_pi)")},
        fails="logistic_loss: cost far purity speed",
        carries=True,
    ),
    wrong(
        "logistic-labels-swapped",
        "Your logistic_loss treats y = 1 as y = 0 and the other way round.",
        {
            "logistic_loss": (
                COST,
                "-np.sum(y * log_not_pi + (1 - y) * log_pi)",
                "(1 - y) * np.exp(log_pi) - y * np.exp(log_not_pi)",
                "y * np.exp(log_pi) - (1 - y) * np.exp(log_not_pi)",
            )
        },
        fails="logistic_loss: cost far purity speed",
        carries=True,
    ),
    wrong(
        "logistic-logarithm-of-zero",
        "Your logistic cost takes the logarithm of a probability that has become exactly 0 by then. Take the "
        "logarithm of the formula on paper first.",
        {
            "logistic_loss": (
                "-np.logaddexp(0, -z)",
                "np.log(1 / (1 + np.exp(-z)))",
                "-np.logaddexp(0, z)",
                "np.log(1 - 1 / (1 + np.exp(-z)))",
            )
        },
        fails="logistic_loss: far",
    ),
    wrong(
        "logistic-clipped",
        "You clip the probabilities before the logarithm, or add a small number to them, so that no sample costs more "
        "than a certain number. Take the logarithm of the formula on paper first.",
        {
            "logistic_loss": (
                COST,
                "-np.sum(y * np.log(np.clip(np.exp(log_pi), 1e-10, 1 - 1e-10))"
                " + (1 - y) * np.log(1 - np.clip(np.exp(log_pi), 1e-10, 1 - 1e-10)))",
            )
        },
        fails="logistic_loss: far",
    ),
    wrong(
        "logistic-derivative-of-sigma-again",
        "Your dtheta has the derivative of σ once too often: in the cross-entropy's it has cancelled already.",
        {"logistic_loss": ("X.T @ dz", "X.T @ (dz * np.exp(log_pi + log_not_pi))")},
        fails="logistic_loss: gradient corners far purity speed",
    ),
    wrong(
        "logistic-gradient-not-summed",
        "Your dtheta has a row for each sample; all samples share one theta.",
        {"logistic_loss": ("X.T @ dz", "X * dz[:, np.newaxis]")},
        fails="logistic_loss: gradient corners far purity speed",
    ),
    wrong(
        "logistic-mended-far-out-alone",
        "Your logistic cost is mended where an exponential overflows; well before that a probability is exactly 0, "
        "and its logarithm is taken.",
        {
            "logistic_loss": (
                COST,
                "-np.sum(np.where(np.abs(z) > 700, y * log_pi + (1 - y) * log_not_pi, "
                "np.where(y == 1, np.log(np.exp(log_pi)), np.log(1 - np.exp(log_pi)))))",
            )
        },
        fails="logistic_loss: far",
    ),
)
