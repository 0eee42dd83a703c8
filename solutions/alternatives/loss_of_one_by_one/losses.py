import numpy as np


def softmax_loss(scores, y):
    N = scores.shape[0]
    z = scores - scores.max(1, keepdims=True)
    logs = z - np.log(np.exp(z).sum(1, keepdims=True))
    loss = -np.sum(logs[np.arange(N), y].reshape(1, N), axis=1, keepdims=True) / N  # (1, 1)
    d = np.exp(logs)
    d[np.arange(N), y] -= 1
    return loss, d / N


def logistic_loss(theta, X, y):
    theta, y = theta.reshape(-1, 1), y.reshape(-1, 1)  # columns, as in many lectures
    z = X @ theta
    cost = y.T @ np.logaddexp(0, -z) + (1 - y).T @ np.logaddexp(0, z)  # (1, 1)
    dtheta = X.T @ (np.exp(-np.logaddexp(0, -z)) - y)
    return cost, dtheta.ravel()
