"""Wrong variants of the linear score and of the quadratic features."""

from __future__ import annotations

from autograder.misconceptions import Variants

from ..reference import linear

__all__ = ["WRONG"]

wrong = Variants(linear)

WRONG = (
    wrong(
        "affine-bias-forgotten",
        "Your scores leave the bias out: each unit adds one of its own.",
        {"affine_forward": ("x @ W + b", "x @ W")},
        fails=(
            "affine: forward gradient corners purity speed; network_scores: scores batchnorm corners purity; "
            "network_loss: loss gradient batchnorm corners purity; train: full-batch mini-batches normalized purity; "
            "freeze_batchnorm: values corners purity; inference_scores: scores alone purity"
        ),
    ),
    wrong(
        "affine-db-mean",
        "Your db is a mean over the batch. Whether the loss is a mean is in dout already.",
        {"affine_backward": ("np.sum(dout, axis=0)", "np.mean(dout, axis=0)")},
        fails=(
            "affine: gradient corners purity speed; network_loss: gradient batchnorm corners purity; train: "
            "full-batch mini-batches normalized purity"
        ),
    ),
    wrong(
        "affine-db-not-summed",
        "Your db has a row for each sample. All samples share one b, so each has a part in its gradient.",
        {"affine_backward": ("np.sum(dout, axis=0)", "dout")},
        fails=(
            "affine: gradient corners purity speed; network_loss: gradient batchnorm corners purity; train: "
            "full-batch mini-batches normalized purity"
        ),
    ),
    wrong(
        "affine-db-one-number",
        "Your db is one number for all units: it is collected over the samples, not over the units.",
        {"affine_backward": ("np.sum(dout, axis=0)", "np.sum(dout)")},
        fails=(
            "affine: gradient corners purity speed; network_loss: gradient batchnorm corners purity; train: "
            "full-batch mini-batches normalized purity"
        ),
    ),
    wrong(
        "affine-dw-transposed",
        "Your dW is transposed: a gradient has the shape of what it belongs to.",
        {"affine_backward": ("x.T @ dout", "dout.T @ x")},
        fails=(
            "affine: gradient corners purity speed; network_loss: gradient batchnorm corners purity; train: "
            "full-batch mini-batches normalized purity"
        ),
    ),
    wrong(
        "affine-dw-divided-by-n",
        "Your dW is divided by the number of samples. Whether the loss is a mean is in dout already.",
        {"affine_backward": ("x.T @ dout", "x.T @ dout / len(x)")},
        fails=(
            "affine: gradient corners purity speed; network_loss: gradient batchnorm corners purity; train: "
            "full-batch mini-batches normalized purity"
        ),
    ),
    wrong(
        "affine-gradients-in-another-order",
        "Your affine_backward returns dW first: gradients come in the order of the forward function's arguments.",
        {"affine_backward": ("return dx, dW, db", "return dW, dx, db")},
        fails=(
            "affine: gradient corners purity speed; network_loss: loss gradient batchnorm corners purity; train: "
            "full-batch mini-batches normalized purity"
        ),
    ),
    wrong(
        "features-all-pairs",
        "You have every product of two different features twice: x_i x_j is x_j x_i.",
        {"quadratic_features": ("np.triu_indices(x.shape[1])", "np.divmod(np.arange(x.shape[1] ** 2), x.shape[1])")},
        fails="quadratic_features: values corners purity speed",
    ),
    wrong(
        "features-without-squares",
        "The squares are missing among your products: a feature is multiplied with itself, too.",
        {"quadratic_features": ("np.triu_indices(x.shape[1])", "np.triu_indices(x.shape[1], 1)")},
        fails="quadratic_features: values corners purity speed",
    ),
    wrong(
        "features-squares-first",
        "You list all squares before the mixed products; the order that is asked for goes row by row.",
        {"quadratic_features": ("x[:, i] * x[:, j]", '(x[:, i] * x[:, j])[:, np.argsort(i != j, kind="stable")]')},
        fails="quadratic_features: values corners purity speed",
    ),
    wrong(
        "features-lower-triangle",
        "Your products come in the order of the lower triangle, (1,1), (2,1), (2,2); look at the order asked for.",
        {"quadratic_features": ("np.triu_indices", "np.tril_indices")},
        fails="quadratic_features: values corners purity speed",
    ),
    wrong(
        "features-left-out",
        "You return the products alone; the features themselves stand before them.",
        {"quadratic_features": ("[x, products]", "[products]")},
        fails="quadratic_features: values corners purity speed",
    ),
    wrong(
        "features-after-products",
        "You put the features behind the products; they come first.",
        {"quadratic_features": ("[x, products]", "[products, x]")},
        fails="quadratic_features: values corners purity speed",
    ),
    wrong(
        "features-squared-in-place",
        "Your quadratic_features squares the array that was passed in.",
        {
            "quadratic_features": (
                "return np.concatenate([x, products], axis=1)",
                "features = np.concatenate([x, products], axis=1)\n    x *= x\n    return features",
            )
        },
        fails="quadratic_features: purity",
    ),
)
