import numpy as np


_F = {"relu": lambda z: np.maximum(z, 0), "tanh": np.tanh, "sigmoid": lambda z: 1 / (1 + np.exp(-z))}


def activation_statistics(x, weights, activation):
    hs = [x := _F["tanh"](x @ W) for W in weights]
    return np.array([h.mean() for h in hs]), np.array([h.std() for h in hs])
