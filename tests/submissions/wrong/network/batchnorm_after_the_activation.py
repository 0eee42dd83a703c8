import numpy as np


def network_scores(params, X, activation):
    l = 1
    while f"W{l + 1}" in params:
        X, _ = affine_forward(X, params[f"W{l}"], params[f"b{l}"])
        X, _ = activation_functions(activation)[0](X)
        if f"gamma{l}" in params:
            X, _ = batchnorm_forward(X, params[f"gamma{l}"], params[f"beta{l}"])
        l += 1
    return affine_forward(X, params[f"W{l}"], params[f"b{l}"])[0]
