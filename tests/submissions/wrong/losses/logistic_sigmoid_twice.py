import numpy as np


def logistic_loss(theta, X, y):
    z = X @ theta
    cost = (np.logaddexp(0, -z) * y + np.logaddexp(0, z) * (1 - y)).sum()
    pi = np.exp(-np.logaddexp(0, -z))
    return cost, X.T @ ((pi - y) * pi * (1 - pi))
