"""Wrong variants of weight initialization and of its experiment."""

from __future__ import annotations

from autograder.misconceptions import Variants

from ..reference import initialization

__all__ = ["WRONG"]

wrong = Variants(initialization)

DRAWN = "std * rng.standard_normal((fan_in, fan_out))"
XAVIER = "gaussian_init(fan_in, fan_out, np.sqrt(1 / fan_in), rng)"
HE = "gaussian_init(fan_in, fan_out, np.sqrt(2 / fan_in), rng)"

INIT = (
    wrong(
        "zeros-are-ones",
        "Your zero_init returns ones.",
        {"zero_init": ("np.zeros(", "np.ones(")},
        fails="zero_init: zeros; init_network: known purity",
    ),
    wrong(
        "zeros-transposed",
        "Your zero_init has as many rows as there are outputs: a weight matrix is (fan_in, fan_out).",
        {"zero_init": ("np.zeros((fan_in, fan_out))", "np.zeros((fan_out, fan_in))")},
        fails="zero_init: zeros; init_network: known purity",
    ),
    wrong(
        "gaussian-std-hard-coded",
        "Your gaussian_init has the standard deviation 0.01 whatever std is passed in.",
        {"gaussian_init": (DRAWN, "0.01 * rng.standard_normal((fan_in, fan_out))")},
        fails=(
            "gaussian_init: distribution other-sizes; xavier_init: distribution other-sizes; he_init: "
            "distribution other-sizes; init_network: weights"
        ),
    ),
    wrong(
        "gaussian-std-taken-as-variance",
        "Your gaussian_init takes std as the variance: what you multiply with is its root.",
        {"gaussian_init": (DRAWN, "np.sqrt(std) * rng.standard_normal((fan_in, fan_out))")},
        fails=(
            "gaussian_init: distribution other-sizes; xavier_init: distribution other-sizes; he_init: "
            "distribution other-sizes; init_network: weights"
        ),
    ),
    wrong(
        "gaussian-variance-taken-as-std",
        "Your gaussian_init multiplies with the variance: numbers scale with the standard deviation.",
        {"gaussian_init": (DRAWN, "std**2 * rng.standard_normal((fan_in, fan_out))")},
        fails=(
            "gaussian_init: distribution other-sizes; xavier_init: distribution other-sizes; he_init: "
            "distribution other-sizes; init_network: weights"
        ),
    ),
    wrong(
        "gaussian-uniform",
        "Your gaussian_init draws uniform numbers.",
        {"gaussian_init": (DRAWN, "rng.uniform(-np.sqrt(3) * std, np.sqrt(3) * std, (fan_in, fan_out))")},
        fails=(
            "gaussian_init: distribution other-sizes; xavier_init: distribution other-sizes; he_init: "
            "distribution other-sizes; init_network: weights"
        ),
    ),
    wrong(
        "gaussian-one-column-repeated",
        "Your gaussian_init draws one column and repeats it, so that all units are the same.",
        {"gaussian_init": (DRAWN, "np.repeat(std * rng.standard_normal((fan_in, 1)), fan_out, axis=1)")},
        fails=(
            "gaussian_init: distribution other-sizes; xavier_init: distribution other-sizes; he_init: "
            "distribution other-sizes; init_network: weights"
        ),
    ),
    wrong(
        "gaussian-global-randomness",
        "Your gaussian_init draws from np.random; the generator that is passed in is not used, so that nobody can "
        "repeat your experiment.",
        {"gaussian_init": (DRAWN, "std * np.random.standard_normal((fan_in, fan_out))")},
        fails=(
            "gaussian_init: distribution other-sizes; xavier_init: distribution other-sizes; he_init: "
            "distribution other-sizes; init_network: weights"
        ),
    ),
    wrong(
        "gaussian-generator-of-its-own",
        "Your gaussian_init makes a generator of its own, which gives the same numbers each time.",
        {"gaussian_init": (DRAWN, "std * np.random.default_rng(0).standard_normal((fan_in, fan_out))")},
        fails=(
            "gaussian_init: distribution other-sizes; xavier_init: distribution other-sizes; he_init: "
            "distribution other-sizes; init_network: weights"
        ),
    ),
    wrong(
        "xavier-fan-out",
        "Your xavier_init takes the number of outputs; a unit adds up as many terms as it has inputs.",
        {"xavier_init": ("np.sqrt(1 / fan_in)", "np.sqrt(1 / fan_out)")},
        fails="xavier_init: distribution other-sizes; init_network: weights; init_network: weights",
    ),
    wrong(
        "xavier-both-fans",
        "Your xavier_init takes the mean of inputs and outputs (Glorot's form); the lecture's has the inputs alone.",
        {"xavier_init": ("np.sqrt(1 / fan_in)", "np.sqrt(2 / (fan_in + fan_out))")},
        fails="xavier_init: distribution other-sizes; init_network: weights",
    ),
    wrong(
        "xavier-variance-taken-as-std",
        "Your xavier_init takes the variance for the standard deviation: a root is missing.",
        {"xavier_init": ("np.sqrt(1 / fan_in)", "1 / fan_in")},
        fails="xavier_init: distribution other-sizes; init_network: weights",
    ),
    wrong(
        "xavier-is-he",
        "Your xavier_init is the variant for ReLU: its variance is twice as large.",
        {"xavier_init": ("np.sqrt(1 / fan_in)", "np.sqrt(2 / fan_in)")},
        fails="xavier_init: distribution other-sizes; init_network: weights",
    ),
    wrong(
        "xavier-uniform",
        "Your xavier_init draws uniform numbers; Gaussian ones are asked for.",
        {"xavier_init": (XAVIER, "rng.uniform(-np.sqrt(3 / fan_in), np.sqrt(3 / fan_in), (fan_in, fan_out))")},
        fails="xavier_init: distribution other-sizes; init_network: weights",
    ),
    wrong(
        "xavier-transposed",
        "Your xavier_init has as many rows as there are outputs: a weight matrix is (fan_in, fan_out).",
        {"xavier_init": ("gaussian_init(fan_in, fan_out", "gaussian_init(fan_out, fan_in")},
        fails="xavier_init: distribution other-sizes; init_network: weights",
    ),
    wrong(
        "xavier-global-randomness",
        "Your xavier_init draws from np.random; the generator that is passed in is not used.",
        {"xavier_init": (XAVIER, "np.sqrt(1 / fan_in) * np.random.standard_normal((fan_in, fan_out))")},
        fails="xavier_init: distribution other-sizes; init_network: weights",
    ),
    wrong(
        "he-is-xavier",
        "Your he_init is Xavier's: a ReLU lets half of the numbers through, which this variance has to make up for.",
        {"he_init": ("np.sqrt(2 / fan_in)", "np.sqrt(1 / fan_in)")},
        fails="he_init: distribution other-sizes; init_network: weights",
    ),
    wrong(
        "he-halved",
        "Your he_init halves Xavier's variance, where a ReLU calls for more of it, not less.",
        {"he_init": ("np.sqrt(2 / fan_in)", "np.sqrt(1 / (2 * fan_in))")},
        fails="he_init: distribution other-sizes; init_network: weights",
    ),
    wrong(
        "he-fan-out",
        "Your he_init takes the number of outputs; a unit adds up as many terms as it has inputs.",
        {"he_init": ("np.sqrt(2 / fan_in)", "np.sqrt(2 / fan_out)")},
        fails="he_init: distribution other-sizes; init_network: weights",
    ),
    wrong(
        "he-variance-taken-as-std",
        "Your he_init takes the variance for the standard deviation: a root is missing.",
        {"he_init": ("np.sqrt(2 / fan_in)", "2 / fan_in")},
        fails="he_init: distribution other-sizes; init_network: weights",
    ),
    wrong(
        "he-uniform",
        "Your he_init draws uniform numbers; Gaussian ones are asked for.",
        {"he_init": (HE, "rng.uniform(-np.sqrt(6 / fan_in), np.sqrt(6 / fan_in), (fan_in, fan_out))")},
        fails="he_init: distribution other-sizes; init_network: weights",
    ),
    wrong(
        "bias-zero",
        "Your active_bias is 0, with which a ReLU is active for half of its inputs; slightly more is asked for.",
        {"active_bias": ("0.1", "0.0")},
        fails="active_bias: few-units many-units",
    ),
    wrong(
        "bias-a-hundredth",
        "Your active_bias is a tenth of what the lecture has.",
        {"active_bias": ("0.1", "0.01")},
        fails="active_bias: few-units many-units",
    ),
    wrong(
        "bias-one",
        "Your active_bias is 1: slightly positive is meant.",
        {"active_bias": ("0.1", "1.0")},
        fails="active_bias: few-units many-units",
    ),
)

STATISTICS = (
    wrong(
        "statistics-variances",
        "Your stds are variances.",
        {"activation_statistics": ("np.std(h)", "np.var(h)")},
        fails="activation_statistics: relu smooth corners deep purity speed",
    ),
    wrong(
        "statistics-unbiased",
        "Your stds divide by one less than the number of entries; divide by their number.",
        {"activation_statistics": ("np.std(h)", "np.std(h, ddof=1)")},
        fails="activation_statistics: relu smooth corners deep purity speed",
    ),
    wrong(
        "statistics-of-each-unit",
        "Your stds average the units' own standard deviations; one over all entries is asked for.",
        {"activation_statistics": ("np.std(h)", "np.mean(np.std(h, axis=0))")},
        fails="activation_statistics: relu smooth corners deep purity speed",
    ),
    wrong(
        "statistics-before-the-activation",
        "Your statistics are those of a layer before its activation.",
        {
            "activation_statistics": (
                "h, _ = forward(h @ W)  # (N, fan_in) @ (fan_in, fan_out) -> (N, fan_out)",
                "h = h @ W",
                "stds.append(np.std(h))",
                "stds.append(np.std(h))\n        h, _ = forward(h)",
            )
        },
        fails="activation_statistics: relu smooth corners deep purity speed",
    ),
    wrong(
        "statistics-activation-not-passed-on",
        "Your next layer gets what was there before the activation.",
        {
            "activation_statistics": (
                "h, _ = forward(h @ W)  # (N, fan_in) @ (fan_in, fan_out) -> (N, fan_out)",
                "h = h @ W",
                "np.mean(h)",
                "np.mean(forward(h)[0])",
                "np.std(h)",
                "np.std(forward(h)[0])",
            )
        },
        fails="activation_statistics: relu smooth corners deep purity speed",
    ),
    wrong(
        "statistics-always-tanh",
        "Your activation_statistics always has tanh: the activation's name is not looked at.",
        {"activation_statistics": ("activation_functions(activation)", 'activation_functions("tanh")')},
        fails="activation_statistics: relu smooth corners deep purity speed",
    ),
    wrong(
        "statistics-of-the-input-too",
        "Your statistics begin with the input, which is no layer's output.",
        {
            "activation_statistics": (
                "means, stds = [], []",
                "means, stds = [np.mean(x)], [np.std(x)]",
            )
        },
        fails="activation_statistics: relu smooth corners deep purity speed",
    ),
)

WRONG = (*INIT, *STATISTICS)
