import numpy as np


def logistic_loss(theta, X, y):
    z = X @ theta
    cost = (np.logaddexp(0, -z) * y + np.logaddexp(0, z) * (1 - y)).sum()
    return cost, X.T @ (y - np.exp(-np.logaddexp(0, -z)))
