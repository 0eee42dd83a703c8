import numpy as np


def logistic_loss(theta, X, y):
    pi = 1 / (1 + np.exp(-(X @ theta)))
    cost = -np.sum(y * np.log(pi) + (1 - y) * np.log(1 - pi))
    return cost, X.T @ (pi - y)
