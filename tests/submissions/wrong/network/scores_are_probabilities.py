import numpy as np


def network_scores(params, X, activation):
    scores, _ = _network_forward(params, X, activation)
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
