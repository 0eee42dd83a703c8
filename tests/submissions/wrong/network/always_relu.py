import numpy as np


def network_scores(params, X, activation):
    return _network_forward(params, X, "relu")[0]
