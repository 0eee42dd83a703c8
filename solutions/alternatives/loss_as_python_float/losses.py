import math

import numpy as np


def softmax_loss(scores, y):
    z = scores - scores.max(1, keepdims=True)
    lse = np.log(np.exp(z).sum(1))
    loss = math.fsum(lse - z[np.arange(len(y)), y]) / len(y)
    d = np.exp(z - lse[:, None])
    d[np.arange(len(y)), y] -= 1
    return loss, d / len(y)


def logistic_loss(theta, X, y):
    z = np.matmul(X, theta)
    cost = float(np.sum(np.maximum(z, 0) - z * y + np.log1p(np.exp(-abs(z)))))
    p = np.where(z > 0, 1, np.exp(-abs(z))) / (1 + np.exp(-abs(z)))
    return cost, np.matmul(p - y, X)
