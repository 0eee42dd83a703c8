import numpy as np


def undo_parameters(x, eps=1e-5):
    return x.var(axis=0) + eps, x.mean(axis=0)
