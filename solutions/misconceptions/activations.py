"""Wrong variants of the activation functions."""

from __future__ import annotations

from autograder.misconceptions import Variants

from ..reference import activations

__all__ = ["WRONG"]

wrong = Variants(activations)

SIGMOID = (
    wrong(
        "sigmoid-of-minus-x",
        "Your sigmoid falls where it should rise: look at the sign in the exponent.",
        {"sigmoid_forward": ("x >= 0", "x < 0"), "sigmoid_backward": ("dout * out", "-dout * out")},
        fails=(
            "sigmoid: forward saturated purity; activation_statistics: smooth corners; network_scores: scores corners "
            "purity; network_loss: corners; train: full-batch normalized purity; freeze_batchnorm: corners; "
            "inference_scores: alone"
        ),
        carries=True,
    ),
    wrong(
        "sigmoid-derivative-of-x",
        "You take σ(1 − σ) of x itself, where σ(x) belongs.",
        {"sigmoid_forward": ("cache = out", "cache = x")},
        functions=("sigmoid_backward", "sigmoid_forward"),
        fails="sigmoid: gradient corners purity; network_loss: corners; train: full-batch normalized purity",
    ),
    wrong(
        "sigmoid-applied-again",
        "Your sigmoid_backward applies σ once more to what is σ(x) already.",
        {"sigmoid_backward": ("out = cache", "out = 1 / (1 + np.exp(-cache))")},
        fails="sigmoid: gradient corners purity; network_loss: corners; train: full-batch normalized purity",
    ),
    wrong(
        "sigmoid-overflows",
        "Your sigmoid takes an exponential that overflows for a negative x of large size.",
        {"sigmoid_forward": ("np.where(x >= 0, 1, e) / (1 + e)", "1 / (1 + np.exp(-x))")},
        fails="sigmoid: saturated",
    ),
    wrong(
        "sigmoid-infinity-by-infinity",
        "Your sigmoid divides infinity by infinity for a large x.",
        {"sigmoid_forward": ("np.where(x >= 0, 1, e) / (1 + e)", "np.exp(x) / (1 + np.exp(x))")},
        fails="sigmoid: saturated",
    ),
    wrong(
        "sigmoid-dout-missing",
        "Your sigmoid_backward returns the derivative alone; the chain rule multiplies it with what comes from above.",
        {"sigmoid_backward": ("dout * out * (1 - out)", "out * (1 - out)")},
        fails="sigmoid: gradient corners purity; network_loss: corners; train: full-batch normalized purity",
    ),
    wrong(
        "sigmoid-derivative-half",
        "Your sigmoid's derivative has one factor where it has two: it is small on both sides, not on one.",
        {"sigmoid_backward": ("dout * out * (1 - out)", "dout * (1 - out)")},
        fails="sigmoid: gradient corners purity; network_loss: corners; train: full-batch normalized purity",
    ),
)

TANH = (
    wrong(
        "tanh-derivative-one-over-x-squared",
        "Your derivative of tanh is 1/x², which is infinite at 0; tanh is steepest there, with slope 1.",
        {
            "tanh_forward": ("cache = out", "cache = x"),
            "tanh_backward": ("dout * (1 - out**2)", "dout / out**2"),
        },
        functions=("tanh_backward", "tanh_forward"),
        fails="tanh: gradient corners purity; network_loss: gradient batchnorm corners purity; train: mini-batches",
    ),
    wrong(
        "tanh-derivative-of-x",
        "Your derivative of tanh has x where tanh(x) belongs.",
        {"tanh_forward": ("cache = out", "cache = x")},
        functions=("tanh_backward", "tanh_forward"),
        fails="tanh: gradient corners purity; network_loss: gradient batchnorm corners purity; train: mini-batches",
    ),
    wrong(
        "tanh-square-forgotten",
        "In your derivative of tanh a square is missing: the derivative is the same at x and at −x.",
        {"tanh_backward": ("out**2", "out")},
        fails="tanh: gradient corners purity; network_loss: gradient batchnorm corners purity; train: mini-batches",
    ),
    wrong(
        "tanh-derivative-sign",
        "In your derivative of tanh a sign is wrong: tanh is steepest at 0.",
        {"tanh_backward": ("1 - out**2", "1 + out**2")},
        fails="tanh: gradient corners purity; network_loss: gradient batchnorm corners purity; train: mini-batches",
    ),
    wrong(
        "tanh-infinity-by-infinity",
        "Your tanh divides infinity by infinity where x is large.",
        {"tanh_forward": ("np.tanh(x)", "(np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))")},
        fails="tanh: saturated",
    ),
)

RELU = (
    wrong(
        "relu-returns-the-mask",
        "Your relu_forward returns where x is positive, not x itself there.",
        {"relu_forward": ("np.maximum(0, x)", "(x > 0).astype(float)")},
        fails=(
            "relu: forward gradient corners purity; activation_statistics: relu corners deep purity speed; "
            "network_scores: scores batchnorm corners purity; network_loss: loss gradient corners purity; train: "
            "full-batch purity; freeze_batchnorm: corners; inference_scores: scores alone purity"
        ),
    ),
    wrong(
        "relu-lets-everything-back",
        "Your relu_backward lets all of dout through. (The output is never negative, so that `out >= 0` is no mask.)",
        {"relu_backward": ("np.where(x > 0, dout, 0)", "1.0 * dout")},
        fails="relu: gradient corners purity; network_loss: gradient corners purity; train: full-batch purity",
    ),
    wrong(
        "relu-mask-from-dout",
        "Your relu_backward looks at the sign of dout; it is x that decides what goes through.",
        {"relu_backward": ("np.where(x > 0, dout, 0)", "np.where(dout > 0, dout, 0)")},
        fails="relu: gradient corners purity; network_loss: gradient corners purity; train: full-batch purity",
    ),
    wrong(
        "relu-on-the-wrong-side",
        "Your ReLU keeps the negative numbers and drops the positive ones.",
        {"relu_forward": ("np.maximum(0, x)", "np.minimum(0, x)"), "relu_backward": ("x > 0", "x < 0")},
        fails=(
            "relu: forward purity; activation_statistics: relu corners deep purity speed; network_scores: scores "
            "batchnorm corners purity; network_loss: loss gradient corners purity; train: full-batch purity; "
            "freeze_batchnorm: corners; inference_scores: scores alone purity"
        ),
        carries=True,
    ),
    wrong(
        "relu-writes-into-dout",
        "Your relu_backward writes zeros into dout itself, which the caller still needs.",
        {"relu_backward": ("return np.where(x > 0, dout, 0)", "dout[x <= 0] = 0\n    return dout")},
        fails="relu: purity",
    ),
    wrong(
        "relu-writes-into-x",
        "Your relu_forward writes zeros into x itself, which the caller still needs.",
        {"relu_forward": ("out = np.maximum(0, x)", "x[x < 0] = 0\n    out = x")},
        fails="relu: purity",
    ),
    wrong(
        "relu-in-integers",
        "Your relu_forward cuts off what is behind the decimal point: an array made for integers keeps no fractions.",
        {"relu_forward": ("np.maximum(0, x)", "np.maximum(0, x).astype(int)")},
        fails=(
            "relu: forward gradient corners purity; activation_statistics: relu corners deep purity speed; "
            "network_scores: scores batchnorm corners purity; network_loss: loss gradient corners purity; train: "
            "full-batch purity; freeze_batchnorm: corners; inference_scores: scores alone purity"
        ),
    ),
)

LEAKY_RELU = (
    wrong(
        "leaky-slope-on-the-wrong-side",
        "Your leaky ReLU has its slope on the positive side.",
        {
            "leaky_relu_forward": ("np.maximum(slope * x, x)", "np.where(x > 0, slope * x, x)"),
            "leaky_relu_backward": ("np.where(x > 0, dout, slope * dout)", "np.where(x > 0, slope * dout, dout)"),
        },
        fails="leaky_relu: forward slope purity",
        carries=True,
    ),
    wrong(
        "leaky-slope-hard-coded",
        "Your leaky ReLU has the slope 0.01 whatever slope is passed in.",
        {"leaky_relu_forward": ("cache = (x, slope)", "cache = (x, 0.01)", "slope * x", "0.01 * x")},
        functions=("leaky_relu_forward", "leaky_relu_backward"),
        fails="leaky_relu: slope slope-gradient",
    ),
    wrong(
        "leaky-slope-missing-in-backward",
        "Your leaky_relu_backward lets nothing through where x is negative; the forward function does, a little.",
        {"leaky_relu_backward": ("np.where(x > 0, dout, slope * dout)", "np.where(x > 0, dout, 0)")},
        fails="leaky_relu: gradient slope-gradient corners purity",
    ),
    wrong(
        "leaky-dout-missing-where-negative",
        "Your leaky_relu_backward returns the slope itself where x is negative; the chain rule multiplies by dout.",
        {"leaky_relu_backward": ("np.where(x > 0, dout, slope * dout)", "np.where(x > 0, dout, slope)")},
        fails="leaky_relu: gradient slope-gradient corners purity",
    ),
    wrong(
        "leaky-is-a-plain-relu",
        "Your leaky ReLU is a plain ReLU: the negative side is 0 in yours.",
        {
            "leaky_relu_forward": ("np.maximum(slope * x, x)", "np.maximum(0 * x, x)", "(x, slope)", "(x, 0.0)"),
        },
        functions=("leaky_relu_forward", "leaky_relu_backward"),
        fails="leaky_relu: forward gradient slope slope-gradient corners purity",
    ),
)

DALPHA = "np.sum(np.where(x > 0, 0, x * dout), axis=0)"

PRELU = (
    wrong(
        "prelu-dalpha-not-summed",
        "Your dalpha has a row for each sample; all samples share one α of a feature.",
        {"prelu_backward": (DALPHA, "np.where(x > 0, 0, x * dout)")},
        fails="prelu: gradient corners purity speed",
    ),
    wrong(
        "prelu-dalpha-one-number",
        "Your dalpha is one number; each feature has an α of its own.",
        {"prelu_backward": (DALPHA, "np.sum(np.where(x > 0, 0, x * dout))")},
        fails="prelu: gradient corners purity speed",
    ),
    wrong(
        "prelu-dalpha-mean",
        "Your dalpha is a mean over the batch. Whether the loss is a mean is in dout already.",
        {"prelu_backward": (DALPHA, "np.mean(np.where(x > 0, 0, x * dout), axis=0)")},
        fails="prelu: gradient corners purity speed",
    ),
    wrong(
        "prelu-dalpha-from-both-sides",
        "Your dalpha counts the positive x as well, where the output does not depend on α.",
        {"prelu_backward": (DALPHA, "np.sum(x * dout, axis=0)")},
        fails="prelu: gradient corners purity speed",
    ),
    wrong(
        "prelu-dalpha-without-x",
        "Your dalpha leaves out what α is multiplied with.",
        {"prelu_backward": (DALPHA, "np.sum(np.where(x > 0, 0, dout), axis=0)")},
        fails="prelu: gradient corners purity speed",
    ),
    wrong(
        "prelu-dx-without-alpha",
        "Your dx of the parametric ReLU is a plain ReLU's: the negative side has a slope, too.",
        {"prelu_backward": ("np.where(x > 0, dout, alpha * dout)", "np.where(x > 0, dout, 0)")},
        fails="prelu: gradient corners purity speed",
    ),
)

MAXOUT = (
    wrong(
        "maxout-smallest-piece",
        "Your maxout takes the smallest piece.",
        {"maxout_forward": ("np.max(", "np.min(", "np.argmax(", "np.argmin(")},
        fails="maxout: forward purity speed",
        carries=True,
    ),
    wrong(
        "maxout-pieces-added",
        "Your maxout adds its pieces up; the largest one counts alone.",
        {
            "maxout_forward": ("np.max(", "np.sum("),
            "maxout_backward": ("np.where(won, dout, 0)", "np.where(won | True, dout, 0)"),
        },
        fails="maxout: forward gradient corners purity speed",
    ),
    wrong(
        "maxout-gradient-to-all-pieces",
        "Your maxout_backward sends dout to every piece; only one of them made the output.",
        {"maxout_backward": ("np.where(won, dout, 0)", "np.where(won | True, dout, 0)")},
        fails="maxout: gradient corners purity speed",
    ),
    wrong(
        "maxout-bias-forgotten",
        "Your maxout leaves the biases out.",
        {"maxout_forward": ("x @ W + b[:, np.newaxis, :]", "x @ W")},
        fails="maxout: forward gradient corners purity speed",
    ),
    wrong(
        "maxout-dx-of-the-last-piece",
        "Your dx of maxout is that of the last piece alone: x feeds all of them.",
        {
            "maxout_backward": (
                "np.sum(dpieces @ W.transpose(0, 2, 1), axis=0)",
                "(dpieces @ W.transpose(0, 2, 1))[-1]",
            )
        },
        fails="maxout: gradient corners purity speed",
    ),
    wrong(
        "maxout-one-winner-a-sample",
        "Your maxout lets one piece win for all units of a sample; each unit has a winner of its own.",
        {
            "maxout_forward": (
                "np.max(pieces, axis=0)",
                "pieces[np.argmax(np.sum(pieces, axis=2), axis=0), np.arange(len(x))]",
                "np.argmax(pieces, axis=0)",
                "np.argmax(np.sum(pieces, axis=2, keepdims=True), axis=0)",
            )
        },
        fails="maxout: forward gradient corners purity speed",
    ),
)

WRONG = (*SIGMOID, *TANH, *RELU, *LEAKY_RELU, *PRELU, *MAXOUT)
