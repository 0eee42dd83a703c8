import numpy as np


def _act(h, activation):
    if activation == "relu":
        return np.maximum(h, 0)
    if activation == "tanh":
        return np.tanh(h)
    return 1 / (1 + np.exp(-h))


def _slope(h, activation):
    """The derivative, from the activation's output."""
    return {"relu": lambda: (h > 0) * 1.0, "tanh": lambda: 1 - h * h, "sigmoid": lambda: h * (1 - h)}[activation]()


def network_scores(params, X, activation):
    l = 1
    while f"W{l + 1}" in params:
        a = X @ params[f"W{l}"] + params[f"b{l}"]
        if f"gamma{l}" in params:
            a = (a - a.mean(0)) / np.sqrt(a.var(0) + 1e-5) * params[f"gamma{l}"] + params[f"beta{l}"]
        X = _act(a, activation)
        l += 1
    return X @ params[f"W{l}"] + params[f"b{l}"]


def network_loss(params, X, y, activation):
    """Everything in one function, no layer called."""
    N = X.shape[0]
    L = len([k for k in params if k.startswith("W")])
    h, normed, std = {0: X}, {}, {}
    for l in range(1, L):
        a = h[l - 1] @ params[f"W{l}"] + params[f"b{l}"]
        if f"gamma{l}" in params:
            std[l] = np.sqrt(a.var(0) + 1e-5)
            normed[l] = (a - a.mean(0)) / std[l]
            a = params[f"gamma{l}"] * normed[l] + params[f"beta{l}"]
        h[l] = _act(a, activation)
    scores = h[L - 1] @ params[f"W{L}"] + params[f"b{L}"]

    z = scores - scores.max(axis=1, keepdims=True)
    logp = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    loss = -logp[np.arange(N), y].mean()

    d = np.exp(logp)
    d[np.arange(N), y] -= 1
    d = d / N
    grads = {}
    for l in range(L, 0, -1):
        if l < L:
            d = d * _slope(h[l], activation)
            if l in normed:
                grads[f"gamma{l}"] = (d * normed[l]).sum(0)
                grads[f"beta{l}"] = d.sum(0)
                g = d * params[f"gamma{l}"]
                d = (g - g.mean(0) - normed[l] * (g * normed[l]).mean(0)) / std[l]
        grads[f"b{l}"] = d.sum(0)
        grads[f"W{l}"] = h[l - 1].T @ d
        d = d @ params[f"W{l}"].T
    return loss, grads


def inference_scores(frozen, X, activation):
    L = len([k for k in frozen if k.startswith("W")])
    for l in range(1, L):
        X = X @ frozen[f"W{l}"] + frozen[f"b{l}"]
        if f"scale{l}" in frozen:
            X = frozen[f"scale{l}"] * X + frozen[f"shift{l}"]
        X = _act(X, activation)
    return np.dot(X, frozen[f"W{L}"]) + frozen[f"b{L}"]


def init_network(sizes, init, rng, batchnorm=False):
    variance = {"zero": lambda n: 0, "gaussian": lambda n: 1e-4, "xavier": lambda n: 1 / n, "he": lambda n: 2 / n}
    params = dict()
    hidden = len(sizes) - 2
    for l in range(hidden + 1, 0, -1):  # from the last layer to the first
        n, m = sizes[l - 1 : l + 1]
        params[f"W{l}"] = np.sqrt(variance[init](n)) * rng.normal(size=(n, m))
        params[f"b{l}"] = np.zeros(m)
        if batchnorm and l <= hidden:
            params.update({f"gamma{l}": np.ones(m), f"beta{l}": np.zeros(m)})
    return params
