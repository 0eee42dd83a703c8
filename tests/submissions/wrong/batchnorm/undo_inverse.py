import numpy as np


def undo_parameters(x, eps=1e-5):
    std = np.sqrt(x.var(axis=0) + eps)
    return 1 / std, -x.mean(axis=0) / std
