import numpy as np


def inference_scores(frozen, X, activation):
    renamed = {n.replace("scale", "gamma").replace("shift", "beta"): value for n, value in frozen.items()}
    return network_scores(renamed, X, activation)
