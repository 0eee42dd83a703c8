"""Wrong variants of the network, its training and its inference."""

from __future__ import annotations

from autograder.misconceptions import Variants

from ..reference import network

__all__ = ["WRONG"]

wrong = Variants(network)

INIT = (
    wrong(
        "network-biases-random",
        "Your biases are random; they begin at 0.",
        {
            "init_network": (
                'params[f"b{layer}"] = np.zeros(fan_out)',
                'params[f"b{layer}"] = 0.01 * rng.standard_normal(fan_out)',
            )
        },
        fails="init_network: known weights purity",
    ),
    wrong(
        "network-gammas-zero",
        "Your γ begin at 0, with which a layer's output does not depend on its input.",
        {"init_network": ("np.ones(fan_out)", "np.zeros(fan_out)")},
        fails="init_network: known weights purity",
    ),
    wrong(
        "network-batchnorm-on-the-scores",
        "Your last layer has γ and β, too: the scores are not normalized.",
        {"init_network": ("batchnorm and layer < L", "batchnorm")},
        fails="init_network: known weights purity",
    ),
    wrong(
        "network-layers-from-zero",
        "Your layers are numbered from 0; the first is W1.",
        {
            "init_network": (
                "range(1, L + 1)",
                "range(L)",
                "sizes[layer - 1], sizes[layer]",
                "sizes[layer], sizes[layer + 1]",
                "layer < L",
                "layer < L - 1",
            )
        },
        fails="init_network: known weights purity",
    ),
    wrong(
        "network-init-ignored",
        "Your init_network always uses he_init: the name passed in is not looked at.",
        {"init_network": ("_initial_weights(fan_in, fan_out, init, rng)", "he_init(fan_in, fan_out, rng)")},
        fails="init_network: known weights purity",
    ),
    wrong(
        "network-gaussian-of-unit-std",
        'Your init_network draws its "gaussian" weights with another standard deviation than was asked for.',
        {"_initial_weights": ("gaussian_init(fan_in, fan_out, 0.01, rng)", "gaussian_init(fan_in, fan_out, 1.0, rng)")},
        functions=("init_network",),
        fails="init_network: weights",
    ),
    wrong(
        "network-init-own-generator",
        "Your init_network makes a generator of its own: whatever is passed in, the weights are the same.",
        {"init_network": ("    params = {}", "    rng = np.random.default_rng(0)\n    params = {}")},
        fails="init_network: weights",
    ),
    wrong(
        "network-layers-seeded-alike",
        "Each of your layers makes a generator of its own with the same seed: all layers have the same numbers.",
        {"init_network": ("fan_out, init, rng)", "fan_out, init, np.random.default_rng(1))")},
        fails="init_network: weights",
    ),
    wrong(
        "network-layers-share-a-draw",
        "Your init_network draws once, and all layers have these numbers: each layer draws its own.",
        {
            "init_network": (
                "    params = {}",
                "    seed = rng.integers(2**32)\n    params = {}",
                "fan_out, init, rng)",
                "fan_out, init, np.random.default_rng(seed))",
            )
        },
        fails="init_network: weights",
    ),
    wrong(
        "network-turns-the-sizes-round",
        "Your init_network turns the list of sizes round that was passed in; the caller still needs it.",
        {"init_network": ("    return params", "    sizes.reverse()\n    return params")},
        fails="init_network: purity",
    ),
)

SCORES = (
    wrong(
        "scores-activated",
        "Your network applies the activation to the scores, too.",
        {"network_scores": ("return scores", "return activation_functions(activation)[0](scores)[0]")},
        fails="network_scores: scores batchnorm corners purity",
    ),
    wrong(
        "scores-batchnorm-after-the-activation",
        "Your network has batchnorm behind the activation; it stands before it.",
        code="""
            def network_scores(params, X, activation):
                activate, _ = activation_functions(activation)
                L = _number_of_layers(params)
                h = X
                for layer in range(1, L):
                    h, _ = affine_forward(h, params[f"W{layer}"], params[f"b{layer}"])
                    h, _ = activate(h)
                    if f"gamma{layer}" in params:
                        h, _ = batchnorm_forward(h, params[f"gamma{layer}"], params[f"beta{layer}"])
                return affine_forward(h, params[f"W{L}"], params[f"b{L}"])[0]
        """,
        functions=("network_scores",),
        fails="network_scores: batchnorm corners",
    ),
    wrong(
        "scores-without-batchnorm",
        "Your network leaves batchnorm out where the parameters have it.",
        {
            "network_scores": (
                "_network_forward(params, X, activation)",
                '_network_forward({name: params[name] for name in params if name[0] in "Wb" and name[1].isdigit()}, '
                "X, activation)",
            )
        },
        fails="network_scores: batchnorm corners",
    ),
    wrong(
        "scores-always-relu",
        "Your network always has a ReLU: the activation's name is not looked at.",
        {"network_scores": ("params, X, activation)\n", 'params, X, "relu")\n')},
        fails="network_scores: scores batchnorm corners purity",
    ),
    wrong(
        "scores-two-layers-only",
        "Your network has two layers, however many the parameters are for.",
        {
            "network_scores": (
                "_network_forward(params, X, activation)",
                '_network_forward({name: params[name] for name in params if name[-1] in "12"}, X, activation)',
            )
        },
        fails="network_scores: batchnorm corners",
    ),
    wrong(
        "scores-of-nine-layers-at-most",
        "Your network finds its last layer by the order of the names as text, in which W10 stands before W2.",
        {
            "_number_of_layers": (
                'sum(name.startswith("W") for name in params)',
                'int(max(name for name in params if name.startswith("W"))[1:])',
            )
        },
        functions=("network_scores",),
        fails="network_scores: corners",
    ),
    wrong(
        "scores-need-a-hidden-layer",
        "Your network always has a hidden layer; with one layer alone the scores are affine.",
        code="""
            _network_scores = network_scores

            def network_scores(params, X, activation):
                scores = _network_scores(params, X, activation)
                return scores if "W2" in params else activation_functions(activation)[0](scores)[0]
        """,
        functions=("network_scores",),
        fails="network_scores: corners",
    ),
    wrong(
        "scores-are-probabilities",
        "Your network_scores returns probabilities; the softmax belongs to the loss.",
        {
            "network_scores": (
                "return scores",
                "e = np.exp(scores - scores.max(axis=1, keepdims=True))\n    return e / e.sum(axis=1, keepdims=True)",
            )
        },
        fails="network_scores: scores batchnorm corners purity",
    ),
)

BACK = "dh = activate_backward(dh, caches.pop())"

LOSS = (
    wrong(
        "network-batchnorm-gradients-missing",
        "Your grads lack γ and β, which are parameters like all others.",
        {
            "network_loss": (
                "return loss, grads",
                'return loss, {name: grads[name] for name in grads if not name.startswith(("gamma", "beta"))}',
            )
        },
        fails="network_loss: batchnorm corners; train: full-batch normalized purity",
    ),
    wrong(
        "network-activation-not-differentiated",
        "Your network_loss leaves the activation's own gradient out on the way back.",
        {"network_loss": (BACK, "caches.pop()")},
        fails="network_loss: gradient batchnorm corners purity; train: full-batch mini-batches normalized purity",
    ),
    wrong(
        "network-weight-decay",
        "Your network_loss has a penalty on the weights, which nobody asked for.",
        code="""
            _network_loss = network_loss

            def network_loss(params, X, y, activation):
                loss, grads = _network_loss(params, X, y, activation)
                for name in params:
                    if name.startswith("W"):
                        loss = loss + 0.5e-3 * np.sum(params[name] ** 2)
                        grads[name] = grads[name] + 1e-3 * params[name]
                return loss, grads
        """,
        functions=("network_loss",),
        fails="network_loss: loss gradient batchnorm corners purity; train: full-batch mini-batches normalized purity",
    ),
    wrong(
        "network-gradients-of-the-last-layer-alone",
        "In your grads all layers but the last are zero: the gradient goes on to the layers before.",
        {
            "network_loss": (
                "return loss, grads",
                "return loss, {name: grads[name] if name[-1] == str(L) else 0 * grads[name] for name in grads}",
            )
        },
        fails="network_loss: gradient batchnorm corners purity; train: full-batch mini-batches normalized purity",
    ),
    wrong(
        "network-divided-by-n-again",
        "Your grads are divided by the number of samples once more: the loss's mean has done that.",
        {"network_loss": ("return loss, grads", "return loss, {name: grads[name] / len(X) for name in grads}")},
        fails="network_loss: gradient batchnorm corners purity; train: full-batch mini-batches normalized purity",
    ),
)

STEP = (
    wrong(
        "step-uphill",
        "Your step goes with the gradient, where the loss grows.",
        {"sgd_step": ("- learning_rate", "+ learning_rate")},
        fails="sgd_step: values again purity; train: full-batch mini-batches normalized purity",
    ),
    wrong(
        "step-in-place",
        "Your sgd_step writes into the parameters that were passed in; new ones are asked for.",
        {
            "sgd_step": (
                "return {name: params[name] - learning_rate * grads[name] for name in params}",
                "for name in params:\n        params[name] -= learning_rate * grads[name]\n    return params",
            )
        },
        fails="sgd_step: purity; train: purity",
    ),
    wrong(
        "step-without-learning-rate",
        "Your sgd_step takes the whole gradient: the learning rate is not used.",
        {"sgd_step": ("learning_rate * grads", "grads")},
        fails="sgd_step: values again purity; train: full-batch mini-batches normalized purity",
    ),
    wrong(
        "step-of-the-weights-alone",
        "Your sgd_step moves the weights alone; biases (and γ and β) are learned, too.",
        {"sgd_step": ("learning_rate * grads[name]", 'learning_rate * grads[name] * (name[0] == "W")')},
        fails="sgd_step: values again purity; train: full-batch mini-batches normalized purity",
    ),
)

BATCH = "rng.choice(len(X), size=batch_size, replace=False)"
UPDATE = "params = sgd_step(params, grads, learning_rate)"

TRAIN = (
    wrong(
        "train-losses-after-the-update",
        "Your losses are those after each step's update; those before it are asked for.",
        {
            "train": (
                UPDATE,
                f"{UPDATE}\n        losses[step], _ = network_loss(params, X[batch], y[batch], activation)",
            )
        },
        fails="train: full-batch mini-batches normalized purity",
    ),
    wrong(
        "train-with-replacement",
        "Your mini-batches are drawn with replacement: a sample may be in one twice.",
        {"train": (BATCH, "np.append(twice := rng.integers(len(X), size=batch_size - 1), twice[0])")},
        fails="train: full-batch mini-batches normalized purity",
    ),
    wrong(
        "train-on-the-whole-set",
        "Your training takes the whole set in each step, not a mini-batch.",
        {"train": (BATCH, "np.arange(len(X))")},
        fails="train: mini-batches normalized",
    ),
    wrong(
        "train-on-the-first-samples",
        "Your training takes the first samples in each step; mini-batches are drawn.",
        {"train": (BATCH, "np.arange(batch_size)")},
        fails="train: mini-batches",
    ),
    wrong(
        "train-on-one-mini-batch",
        "Your training draws one mini-batch and stays with it.",
        {
            "train": (
                "losses = np.zeros(steps)",
                f"losses = np.zeros(steps)\n    drawn = {BATCH}",
                f"batch = {BATCH}  #",
                "batch = drawn  #",
            )
        },
        fails="train: mini-batches",
    ),
    wrong(
        "train-own-generator",
        "Your training makes a generator of its own: whatever is passed in, the mini-batches are the same.",
        {"train": ("losses = np.zeros(steps)", "losses = np.zeros(steps)\n    rng = np.random.default_rng(0)")},
        fails="train: mini-batches",
    ),
    wrong(
        "train-from-the-last-samples",
        "Your training walks through the data from their end, the same way each time; mini-batches are drawn.",
        {"train": (BATCH, "(-1 - np.arange(batch_size) - step * batch_size) % len(X)")},
        fails="train: mini-batches",
    ),
    wrong(
        "train-every-so-many-samples",
        "Your mini-batches are every so many samples, the same each time; mini-batches are drawn.",
        {"train": (BATCH, "np.arange(step % (len(X) // batch_size), len(X), len(X) // batch_size)")},
        fails="train: mini-batches",
    ),
    wrong(
        "train-changes-the-params",
        "Your training writes into the parameters that were passed in.",
        {"train": (UPDATE, "for name in params:\n            params[name] -= learning_rate * grads[name]")},
        fails="train: purity",
    ),
    wrong(
        "train-never-updates",
        "Your training never uses what sgd_step returns: the parameters stay as they were.",
        {"train": (UPDATE, "sgd_step(params, grads, learning_rate)")},
        fails="train: full-batch mini-batches normalized purity",
    ),
    wrong(
        "train-labels-shuffled-apart",
        "Your training shuffles samples and labels apart from each other.",
        {"train": ("y[batch]", f"y[{BATCH}]")},
        fails="train: full-batch mini-batches normalized purity",
    ),
    wrong(
        "train-one-step-short",
        "Your training takes one step too few.",
        {"train": ("np.zeros(steps)", "np.zeros(steps - 1)", "range(steps)", "range(steps - 1)")},
        fails="train: full-batch mini-batches normalized purity",
    ),
)

POPULATION = "mean, var = population_statistics(hs)"
NORMALIZE = "hs = np.stack([batchnorm_forward(h, gamma, beta)[0] for h in hs])"

FREEZE = (
    wrong(
        "freeze-feeds-frozen-layers",
        "Your next layer's statistics come from the frozen layer; Algorithm 2 takes them in the training network, "
        "where each mini-batch is normalized by its own.",
        {"freeze_batchnorm": (NORMALIZE, "hs = scale * hs + shift")},
        fails="freeze_batchnorm: values corners purity",
    ),
    wrong(
        "freeze-from-the-last-batch",
        "Your frozen statistics are those of the last mini-batch alone.",
        {"freeze_batchnorm": (POPULATION, "mean, var = population_statistics(hs[-1:])")},
        fails="freeze_batchnorm: values corners purity",
    ),
    wrong(
        "freeze-biased",
        "Your frozen variance lacks Algorithm 2's correction for the mini-batches' divisor.",
        {"freeze_batchnorm": (POPULATION, "mean, var = hs.mean(axis=(0, 1)), hs.var(axis=1).mean(axis=0)")},
        fails="freeze_batchnorm: values corners purity",
    ),
    wrong(
        "freeze-after-normalizing",
        "Your frozen statistics are those of what batchnorm gives; those of what goes into it are needed.",
        {
            "freeze_batchnorm": (
                POPULATION,
                f"normalized = {NORMALIZE[5:]}\n            mean, var = population_statistics(normalized)",
            )
        },
        fails="freeze_batchnorm: values corners purity",
    ),
    wrong(
        "freeze-batches-joined",
        "You join all mini-batches into one; each is normalized by its own statistics.",
        {"freeze_batchnorm": ("hs = batches", "hs = batches.reshape(1, -1, batches.shape[2])")},
        fails="freeze_batchnorm: values corners purity",
    ),
    wrong(
        "freeze-without-activation",
        "You leave the activation between the layers out when you freeze.",
        {"freeze_batchnorm": ("hs = np.stack([activate(h)[0] for h in hs])", "pass")},
        fails="freeze_batchnorm: values corners purity",
    ),
    wrong(
        "freeze-keeps-gamma-and-beta",
        "Your frozen parameters still have γ and β; they have gone into scale and shift.",
        {"freeze_batchnorm": ("return frozen", "return {**params, **frozen}")},
        fails="freeze_batchnorm: values corners purity",
    ),
    wrong(
        "freeze-in-place",
        "You take γ and β out of the parameters that were passed in; return new ones.",
        {
            "freeze_batchnorm": (
                "return frozen",
                'for name in [name for name in params if name.startswith(("gamma", "beta"))]:\n'
                "        del params[name]\n    return frozen",
            )
        },
        fails="freeze_batchnorm: purity",
    ),
)

INFERENCE = (
    wrong(
        "inference-scores-of-the-batch",
        "Your inference normalizes by the statistics of its own batch: a sample's scores then depend on the others.",
        code="""
            def inference_scores(frozen, X, activation):
                renamed = {n.replace("scale", "gamma").replace("shift", "beta"): value for n, value in frozen.items()}
                return network_scores(renamed, X, activation)
        """,
        functions=("inference_scores",),
        fails="inference_scores: scores alone purity",
    ),
    wrong(
        "inference-scores-without-batchnorm",
        "Your inference does not use scale and shift.",
        {"inference_scores": ('if f"scale{layer}" in frozen', "if False")},
        fails="inference_scores: scores alone purity",
    ),
    wrong(
        "inference-scores-in-place",
        "Your inference_scores takes entries out of the parameters that were passed in.",
        {
            "inference_scores": (
                "    return scores",
                '    for name in [name for name in frozen if name.startswith("scale")]:\n'
                "        frozen.pop(name)\n    return scores",
            )
        },
        fails="inference_scores: purity",
    ),
    wrong(
        "inference-scores-activated",
        "Your inference applies the activation to the scores, too.",
        {"inference_scores": ("return scores", "return activate(scores)[0]")},
        fails="inference_scores: scores alone purity?",
    ),
)

WRONG = (*INIT, *SCORES, *LOSS, *STEP, *TRAIN, *FREEZE, *INFERENCE)
