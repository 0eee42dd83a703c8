import numpy as np


def network_scores(params, X, activation):
    scores, _ = _network_forward(params, X, activation)
    return activation_functions(activation)[0](scores)[0]
