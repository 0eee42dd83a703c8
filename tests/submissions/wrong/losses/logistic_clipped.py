import numpy as np


def logistic_loss(theta, X, y):
    z = X @ theta
    pi = np.exp(-np.logaddexp(0, -z))
    safe = np.clip(pi, 1e-10, 1 - 1e-10)
    return -np.sum(y * np.log(safe) + (1 - y) * np.log(1 - safe)), X.T @ (pi - y)
