import numpy as np


def softmax(scores):
    e = np.exp(scores)
    return e / e.sum(axis=1, keepdims=True)


def softmax_loss(scores, y):
    N = len(y)
    probs = softmax(scores)
    loss = -np.log(probs[np.arange(N), y]).mean()
    dscores = probs.copy()
    dscores[np.arange(N), y] -= 1
    return loss, dscores / N


def logistic_loss(theta, X, y):
    pi = 1 / (1 + np.exp(-X @ theta))
    cost = -np.sum(y * np.log(pi) + (1 - y) * np.log(1 - pi))
    dtheta = (pi - y) @ X
    return cost, dtheta
