"""Wrong variants of the softmax and of its loss."""

from __future__ import annotations

from autograder.misconceptions import Variants

from ..reference import losses

__all__ = ["WRONG"]

wrong = Variants(losses)

SHIFT = "np.max(scores, axis=1, keepdims=True)"
LOSS = "-np.mean(log_probabilities[rows, y])"

SOFTMAX = (
    wrong(
        "softmax-over-the-batch",
        "Your softmax adds up over the samples: columns sum to 1, where it is each sample's probabilities that do.",
        {
            "softmax": (
                SHIFT,
                "np.max(scores, axis=0, keepdims=True)",
                "np.sum(exponentials, axis=1, keepdims=True)",
                "np.sum(exponentials, axis=0, keepdims=True)",
            )
        },
        fails="softmax: values corners huge-scores purity speed",
    ),
    wrong(
        "softmax-over-everything",
        "Your softmax divides by one sum over the whole array; each sample has a sum of its own.",
        {"softmax": ("np.sum(exponentials, axis=1, keepdims=True)", "np.sum(exponentials)", SHIFT, "np.max(scores)")},
        fails="softmax: values corners huge-scores purity speed",
    ),
    wrong(
        "softmax-without-the-shift",
        "Your softmax takes exponentials of the scores as they are, which overflow. Which number can be taken from "
        "all of a row's scores without changing the quotient?",
        {"softmax": (f"scores - {SHIFT}", "scores")},
        fails="softmax: huge-scores",
    ),
    wrong(
        "softmax-one-shift-for-all",
        "Your softmax takes the largest score of the whole array from every row. In a row far below it everything "
        "underflows.",
        {"softmax": (SHIFT, "np.max(scores)")},
        fails="softmax: huge-scores",
    ),
    wrong(
        "softmax-shifts-in-place",
        "Your softmax writes the shifted scores into the array that was passed in, which the caller still needs.",
        {
            "softmax": (
                f"exponentials = np.exp(scores - {SHIFT})",
                f"scores -= {SHIFT}\n    exponentials = np.exp(scores)",
            )
        },
        fails="softmax: purity",
    ),
    wrong(
        "softmax-of-minus-scores",
        "Your softmax gives the largest probability to the smallest score: look at the sign in the exponent.",
        {"softmax": (f"scores - {SHIFT}", "np.min(scores, axis=1, keepdims=True) - scores")},
        fails="softmax: values corners huge-scores purity speed",
    ),
    wrong(
        "softmax-in-half-precision",
        "Your softmax computes in float16, which has three digits.",
        {"softmax": (f"scores - {SHIFT}", f"(scores - {SHIFT}).astype(np.float16).astype(np.float64)")},
        fails="softmax: values corners huge-scores purity speed",
    ),
)

SOFTMAX_LOSS = (
    wrong(
        "loss-summed",
        "Your loss is the sum over the samples; their mean is asked for.",
        {"softmax_loss": (LOSS, "-np.sum(log_probabilities[rows, y])", "dscores /= N", "dscores /= 1")},
        fails=(
            "softmax_loss: loss corners-loss huge-scores label-underflows row-apart purity speed; network_loss: loss "
            "gradient batchnorm corners purity; train: full-batch mini-batches normalized purity"
        ),
        carries=True,
    ),
    wrong(
        "loss-alone-summed",
        "Your loss is the sum over the samples, while your gradient is that of their mean.",
        {"softmax_loss": (LOSS, "-np.sum(log_probabilities[rows, y])")},
        fails=(
            "softmax_loss: loss corners-loss huge-scores label-underflows row-apart purity speed; network_loss: "
            "loss gradient batchnorm corners purity; train: full-batch mini-batches normalized purity"
        ),
    ),
    wrong(
        "dscores-not-divided-by-n",
        "Your dscores is the gradient of the samples' sum; your loss is their mean.",
        {"softmax_loss": ("dscores /= N", "dscores /= 1")},
        fails=(
            "softmax_loss: gradient corners huge-scores label-underflows row-apart purity speed; network_loss: "
            "gradient batchnorm corners purity; train: full-batch mini-batches normalized purity"
        ),
    ),
    wrong(
        "dscores-divided-by-n-twice",
        "Your dscores is divided by the number of samples twice.",
        {"softmax_loss": ("dscores /= N", "dscores /= N**2")},
        fails=(
            "softmax_loss: gradient corners huge-scores label-underflows row-apart purity speed; network_loss: "
            "gradient batchnorm corners purity; train: full-batch mini-batches normalized purity"
        ),
    ),
    wrong(
        "loss-divided-by-n-twice",
        "Your loss is divided by the number of samples twice.",
        {"softmax_loss": (LOSS, f"{LOSS} / N")},
        fails=(
            "softmax_loss: loss corners-loss huge-scores label-underflows row-apart purity speed; network_loss: "
            "loss gradient batchnorm corners purity; train: full-batch mini-batches normalized purity"
        ),
        carries=True,
    ),
    wrong(
        "loss-divided-by-classes",
        "You divide by the number of classes; the mean is over the samples.",
        {
            "softmax_loss": (
                LOSS,
                "-np.sum(log_probabilities[rows, y]) / scores.shape[1]",
                "dscores /= N",
                "dscores /= scores.shape[1]",
            )
        },
        fails=(
            "softmax_loss: loss corners-loss huge-scores label-underflows row-apart purity speed; network_loss: loss "
            "gradient batchnorm corners purity; train: full-batch mini-batches normalized purity"
        ),
        carries=True,
    ),
    wrong(
        "label-term-missing",
        "Your dscores is the same whatever the labels are: the label's own score also stands in the numerator. (If "
        "you have that term: does it reach the array that you return, or a copy of it?)",
        {"softmax_loss": ("dscores[rows, y] -= 1", "dscores[rows, y] -= 0")},
        fails=(
            "softmax_loss: gradient corners huge-scores label-underflows row-apart purity speed; network_loss: "
            "gradient batchnorm corners purity; train: full-batch mini-batches normalized purity"
        ),
    ),
    wrong(
        "label-term-added",
        "The label's own term has the wrong sign in your dscores.",
        {"softmax_loss": ("dscores[rows, y] -= 1", "dscores[rows, y] += 1")},
        fails=(
            "softmax_loss: gradient corners huge-scores label-underflows row-apart purity speed; network_loss: "
            "gradient batchnorm corners purity; train: full-batch mini-batches normalized purity"
        ),
    ),
    wrong(
        "label-term-in-every-row",
        "In your dscores every row gets the terms of all samples' labels; a label concerns its own row alone.",
        {"softmax_loss": ("dscores[rows, y] -= 1", "dscores[:, y] -= 1")},
        fails=(
            "softmax_loss: gradient corners huge-scores label-underflows row-apart purity speed; network_loss: "
            "gradient batchnorm corners purity; train: full-batch mini-batches normalized purity"
        ),
    ),
    wrong(
        "label-term-for-every-class",
        "In your dscores the label's term is taken off as many times as there are classes.",
        {"softmax_loss": ("dscores[rows, y] -= 1", "dscores[rows, y] -= scores.shape[1]")},
        fails=(
            "softmax_loss: gradient corners huge-scores label-underflows row-apart purity speed; network_loss: "
            "gradient batchnorm corners purity; train: full-batch mini-batches normalized purity"
        ),
    ),
    wrong(
        "label-of-the-class-number",
        "Your dscores looks the label up by the number of the class, not by that of the sample.",
        {
            "softmax_loss": (
                "dscores[rows, y] -= 1",
                "dscores[:, [j for j in range(scores.shape[1]) if j == y[j % N]]] -= 1",
            )
        },
        fails=(
            "softmax_loss: gradient corners huge-scores label-underflows row-apart purity speed; network_loss: "
            "gradient batchnorm corners purity; train: full-batch mini-batches normalized purity"
        ),
    ),
    wrong(
        "label-probability-missing",
        "In your dscores the label's place does not depend on the scores: its probability is missing there.",
        {"softmax_loss": ("dscores[rows, y] -= 1", "dscores[rows, y] = -1")},
        fails=(
            "softmax_loss: gradient corners huge-scores label-underflows row-apart purity speed; network_loss: "
            "gradient batchnorm corners purity; train: full-batch mini-batches normalized purity"
        ),
    ),
    wrong(
        "loss-decimal-logarithm",
        "Your loss has the decimal logarithm; the natural one is meant.",
        {"softmax_loss": (LOSS, f"{LOSS} / np.log(10)")},
        fails=(
            "softmax_loss: loss corners-loss huge-scores label-underflows row-apart purity speed; network_loss: "
            "loss gradient batchnorm corners purity; train: full-batch mini-batches normalized purity"
        ),
        carries=True,
    ),
    wrong(
        "loss-logarithm-forgotten",
        "Your loss is the mean of the labels' negative probabilities: the logarithm is missing.",
        {"softmax_loss": (LOSS, "-np.mean(np.exp(log_probabilities[rows, y]))")},
        fails=(
            "softmax_loss: loss gradient corners corners-loss huge-scores label-underflows row-apart purity speed; "
            "network_loss: loss gradient batchnorm corners purity; train: full-batch mini-batches normalized purity"
        ),
    ),
    wrong(
        "loss-not-reduced",
        "Your loss has one number for each sample; one for all of them is asked for.",
        {"softmax_loss": (LOSS, "-log_probabilities[rows, y]")},
        fails=(
            "softmax_loss: loss gradient corners corners-loss huge-scores label-underflows row-apart purity speed; "
            "network_loss: loss gradient batchnorm corners purity; train: full-batch mini-batches normalized purity"
        ),
    ),
    wrong(
        "loss-of-all-classes",
        "Your loss adds up the logarithms of all classes; only the label's counts.",
        {"softmax_loss": (LOSS, "-np.sum(log_probabilities) / N")},
        fails=(
            "softmax_loss: loss gradient corners corners-loss huge-scores label-underflows row-apart purity speed; "
            "network_loss: loss gradient batchnorm corners purity; train: full-batch mini-batches normalized purity"
        ),
    ),
    wrong(
        "loss-of-the-best-class",
        "Your loss takes the largest probability of each sample, not that of its label.",
        {"softmax_loss": (LOSS, "-np.mean(np.max(log_probabilities, axis=1))")},
        fails=(
            "softmax_loss: loss gradient corners corners-loss huge-scores label-underflows row-apart purity speed; "
            "network_loss: loss gradient batchnorm corners purity; train: full-batch mini-batches normalized purity"
        ),
    ),
    wrong(
        "loss-sign",
        "Your loss has the wrong sign: a logarithm of a probability is never positive, and a loss never negative.",
        {"softmax_loss": (LOSS, LOSS[1:])},
        fails=(
            "softmax_loss: loss gradient corners corners-loss huge-scores label-underflows row-apart purity speed; "
            "network_loss: loss gradient batchnorm corners purity; train: full-batch mini-batches normalized purity"
        ),
    ),
    wrong(
        "dscores-sign",
        "Your dscores has the wrong sign: it points downhill.",
        {"softmax_loss": ("dscores /= N", "dscores /= -N")},
        fails=(
            "softmax_loss: gradient corners huge-scores label-underflows row-apart purity speed; network_loss: "
            "gradient batchnorm corners purity; train: full-batch mini-batches normalized purity"
        ),
    ),
    wrong(
        "loss-clipped",
        "You clip the probability before its logarithm, or add a small number to it, so that your loss never gets "
        "larger than a certain number. Take the logarithm of the formula on paper first.",
        {"softmax_loss": (LOSS, "-np.mean(np.log(np.clip(np.exp(log_probabilities[rows, y]), 1e-12, 1)))")},
        fails="softmax_loss: label-underflows",
    ),
    wrong(
        "loss-small-number-added",
        "You add a small number to the probability before its logarithm, which changes every loss a little, and a "
        "large one a lot. Take the logarithm of the formula on paper first.",
        {"softmax_loss": (LOSS, "-np.mean(np.log(np.exp(log_probabilities[rows, y]) + 1e-8))")},
        fails=(
            "softmax_loss: loss gradient corners corners-loss huge-scores label-underflows row-apart purity speed; "
            "network_loss: loss gradient batchnorm corners purity; train: full-batch mini-batches normalized purity"
        ),
    ),
    wrong(
        "loss-logarithm-of-zero",
        "You take the logarithm of the label's probability, which may have become exactly 0 by then. Take the "
        "logarithm of the formula on paper first.",
        {"softmax_loss": (LOSS, "-np.mean(np.log(np.exp(log_probabilities[rows, y])))")},
        fails="softmax_loss: label-underflows",
    ),
    wrong(
        "loss-without-the-shift",
        "Your loss takes exponentials of the scores as they are, which overflow.",
        {"softmax_loss": (f"scores - {SHIFT}", "scores - 0")},
        fails="softmax_loss: huge-scores label-underflows row-apart",
    ),
    wrong(
        "loss-one-shift-for-all",
        "Your loss takes the largest score of the whole array from every row. In a row far below it everything "
        "underflows.",
        {"softmax_loss": (SHIFT, "np.max(scores)")},
        fails="softmax_loss: row-apart",
    ),
    wrong(
        "loss-shifts-in-place",
        "Your loss writes the shifted scores into the array that was passed in, which the caller still needs.",
        {"softmax_loss": (f"shifted = scores - {SHIFT}", f"scores -= {SHIFT}\n    shifted = scores")},
        fails="softmax_loss: purity",
    ),
    wrong(
        "loss-over-the-batch",
        "In your loss a class's exponentials are added up over the samples; it is a sample's over the classes.",
        {
            "softmax_loss": (
                SHIFT,
                "np.max(scores, axis=0, keepdims=True)",
                "np.sum(np.exp(shifted), axis=1, keepdims=True)",
                "np.sum(np.exp(shifted), axis=0, keepdims=True)",
            )
        },
        fails=(
            "softmax_loss: loss gradient corners corners-loss huge-scores label-underflows row-apart purity speed; "
            "network_loss: loss gradient batchnorm corners purity; train: full-batch mini-batches normalized purity"
        ),
        carries=True,
    ),
    wrong(
        "loss-over-everything",
        "In your loss all exponentials of the whole array are added up; each sample has a sum of its own.",
        {
            "softmax_loss": (
                SHIFT,
                "np.max(scores)",
                "np.sum(np.exp(shifted), axis=1, keepdims=True)",
                "np.sum(np.exp(shifted))",
            )
        },
        fails=(
            "softmax_loss: loss gradient corners corners-loss huge-scores label-underflows row-apart purity speed; "
            "network_loss: loss gradient batchnorm corners purity; train: full-batch mini-batches normalized purity"
        ),
        carries=True,
    ),
)

WRONG = (*SOFTMAX, *SOFTMAX_LOSS)
