import numpy as np


def init_network(sizes, init, rng, batchnorm=False):
    params = {}
    for l, (n, m) in enumerate(zip(sizes[:-1], sizes[1:]), 1):
        params[f"W{l}"], params[f"b{l}"] = he_init(n, m, rng), np.zeros(m)
        if batchnorm and l < len(sizes) - 1:
            params[f"gamma{l}"], params[f"beta{l}"] = np.ones(m), np.zeros(m)
    return params
