import numpy as np

from nn import activations
from nn.batchnorm import batchnorm_backward, batchnorm_forward, inference_parameters, population_statistics
from nn.initialization import gaussian_init, he_init, xavier_init
from nn.linear import affine_backward, affine_forward
from nn.losses import softmax_loss

init = {
    "zero": lambda n, m, rng: np.zeros((n, m)),
    "gaussian": lambda n, m, rng: gaussian_init(n, m, 0.01, rng),
    "xavier": xavier_init,
    "he": he_init,
}


def init_network(sizes, how, rng, batchnorm=False):
    p = {}
    for l, (n, m) in enumerate(zip(sizes, sizes[1:]), 1):
        p |= {f"W{l}": init[how](n, m, rng), f"b{l}": np.zeros(m)}
        if batchnorm and l < len(sizes) - 1:
            p |= {f"gamma{l}": np.ones(m), f"beta{l}": np.zeros(m)}
    return p


def run(p, h, activation, l=1):
    """Scores, and a function from their gradient to all gradients: layer l and those above it."""
    h, affine = affine_forward(h, p[f"W{l}"], p[f"b{l}"])

    def through_affine(d):
        d, dW, db = affine_backward(d, affine)
        return d, {f"W{l}": dW, f"b{l}": db}

    if f"W{l + 1}" not in p:
        return h, through_affine

    norm = None
    if f"gamma{l}" in p:
        h, norm = batchnorm_forward(h, p[f"gamma{l}"], p[f"beta{l}"])
    elif f"scale{l}" in p:
        h = p[f"scale{l}"] * h + p[f"shift{l}"]
    h, act = getattr(activations, f"{activation}_forward")(h)
    scores, above = run(p, h, activation, l + 1)

    def backward(d):
        d, grads = above(d)
        d = getattr(activations, f"{activation}_backward")(d, act)
        if norm is not None:
            d, grads[f"gamma{l}"], grads[f"beta{l}"] = batchnorm_backward(d, norm)
        d, own = through_affine(d)
        return d, grads | own

    return scores, backward


network_scores = inference_scores = lambda p, X, activation: run(p, X, activation)[0]


def network_loss(p, X, y, activation):
    scores, backward = run(p, X, activation)
    loss, d = softmax_loss(scores, y)
    return loss, backward(d)[1]


sgd_step = lambda p, g, learning_rate: {k: p[k] - learning_rate * g[k] for k in p}


def train(p, X, y, activation, *, steps, batch_size, learning_rate, rng):
    losses = np.empty(steps)
    for t in range(steps):
        i = rng.permutation(len(X))[:batch_size]
        losses[t], g = network_loss(p, X[i], y[i], activation)
        p = sgd_step(p, g, learning_rate)
    return p, losses


def freeze_batchnorm(p, batches, activation):
    f, h, l = dict(p), list(batches), 1
    while f"gamma{l}" in p:
        g, b = f.pop(f"gamma{l}"), f.pop(f"beta{l}")
        h = [x @ p[f"W{l}"] + p[f"b{l}"] for x in h]
        f[f"scale{l}"], f[f"shift{l}"] = inference_parameters(g, b, *population_statistics(np.stack(h)))
        h = [getattr(activations, f"{activation}_forward")(batchnorm_forward(x, g, b)[0])[0] for x in h]
        l += 1
    return f
