import math

import numpy as np


def softmax(scores):
    N, C = scores.shape
    p = np.zeros((N, C))
    for i in range(N):
        biggest = max(scores[i])
        total = 0.0
        for c in range(C):
            p[i, c] = math.exp(scores[i, c] - biggest)
            total += p[i, c]
        for c in range(C):
            p[i, c] /= total
    return p


def softmax_loss(scores, y):
    N, C = scores.shape
    loss = 0.0
    dscores = np.zeros((N, C))
    for i in range(N):
        biggest = max(scores[i])
        total = 0.0
        for c in range(C):
            total += math.exp(scores[i, c] - biggest)
        loss += math.log(total) + biggest - scores[i, y[i]]
        for c in range(C):
            dscores[i, c] = math.exp(scores[i, c] - biggest) / total
            if c == y[i]:
                dscores[i, c] -= 1
            dscores[i, c] /= N
    return loss / N, dscores


def logistic_loss(theta, X, y):
    cost = 0.0
    dtheta = np.zeros(len(theta))
    for x_i, y_i in zip(X, y):
        z = sum(a * b for a, b in zip(x_i, theta))
        e = math.exp(-abs(z))
        pi = 1 / (1 + e) if z >= 0 else e / (1 + e)
        cost += math.log1p(e) + max(-z if y_i == 1 else z, 0)
        for d in range(len(theta)):
            dtheta[d] += (pi - y_i) * x_i[d]
    return cost, dtheta
