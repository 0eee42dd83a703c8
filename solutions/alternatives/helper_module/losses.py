import numpy as np

from . import helpers


def logistic_loss(theta, X, y):
    z = X @ theta
    cost = np.log1p(np.exp(-np.abs(z))) + np.maximum(np.where(y == 1, -z, z), 0)
    return cost.sum(), X.T @ (helpers.stable_sigmoid(z) - y)
