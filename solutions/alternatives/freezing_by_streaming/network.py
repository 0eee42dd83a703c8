import numpy as np

from .activations import relu_forward, sigmoid_forward, tanh_forward
from .batchnorm import batchnorm_forward


def freeze_batchnorm(params, batches, activation):
    """One batch after the other through the whole network; sums are kept, not the batches."""
    act = {"relu": relu_forward, "tanh": tanh_forward, "sigmoid": sigmoid_forward}[activation]
    L = sum(key.startswith("W") for key in params)
    mean_sum = {l: 0.0 for l in range(1, L)}
    var_sum = {l: 0.0 for l in range(1, L)}
    B, m, _ = batches.shape
    for h in batches:
        for l in range(1, L):
            a = h @ params[f"W{l}"] + params[f"b{l}"]
            mean_sum[l] = mean_sum[l] + a.mean(axis=0)
            var_sum[l] = var_sum[l] + a.var(axis=0, ddof=1)
            if f"gamma{l}" in params:
                a, _ = batchnorm_forward(a, params[f"gamma{l}"], params[f"beta{l}"])
            h, _ = act(a)
    frozen = {key: value.copy() for key, value in params.items() if not key.startswith(("gamma", "beta"))}
    for l in range(1, L):
        if f"gamma{l}" in params:
            frozen[f"scale{l}"] = params[f"gamma{l}"] / np.sqrt(var_sum[l] / B + 1e-5)
            frozen[f"shift{l}"] = params[f"beta{l}"] - frozen[f"scale{l}"] * mean_sum[l] / B
    return frozen
