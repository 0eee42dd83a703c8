import numpy as np


def activation_statistics(x, weights, activation):
    L = len(weights)
    table = np.zeros((2, L))
    for l, W in enumerate(weights):
        a = x @ W
        if activation == "relu":
            x = np.maximum(a, 0)
        elif activation == "tanh":
            x = np.tanh(a)
        elif activation == "sigmoid":
            x = (1 + np.tanh(a / 2)) / 2
        table[:, l] = np.mean(x), np.std(x, ddof=0)
    return table[0], table[1]
