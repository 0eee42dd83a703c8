import numpy as np


def logistic_loss(theta, X, y):
    z = X @ theta
    return (np.logaddexp(0, -z) * y).sum(), X.T @ (np.exp(-np.logaddexp(0, -z)) - y)
