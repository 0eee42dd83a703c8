import numpy as np


def softmax(scores):
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.einsum("nc,n->nc", e, 1 / np.einsum("nc->n", e))


def logistic_loss(theta, X, y):
    z = np.einsum("nd,d->n", X, theta)
    pi = np.where(z >= 0, 1, np.exp(np.minimum(z, 0))) / (1 + np.exp(-np.abs(z)))
    # log(1 + e^z) - y z
    cost = np.einsum("n->", np.logaddexp(0, z) * (1 - y) + np.logaddexp(0, -z) * y)
    return cost, np.einsum("nd,n->d", X, pi - y)
