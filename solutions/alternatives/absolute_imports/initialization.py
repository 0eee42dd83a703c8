import numpy as np

from nn import activations as act


def activation_statistics(x, weights, activation):
    f = getattr(act, activation + "_forward")
    hs = []
    for W in weights:
        x = f(x @ W)[0]
        hs.append(x)
    return tuple(np.array([g(h) for h in hs]) for g in (np.mean, np.std))
