import numpy as np


def network_scores(params, X, activation):
    first = {name: value for name, value in params.items() if name[-1] in "12"}
    return _network_forward(first, X, activation)[0]
