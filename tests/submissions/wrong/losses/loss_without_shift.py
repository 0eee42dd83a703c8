import numpy as np


def softmax_loss(scores, y):
    N = len(y)
    e = np.exp(scores)
    p = e / e.sum(axis=1, keepdims=True)
    loss = -(scores[np.arange(N), y] - np.log(e.sum(axis=1))).mean()
    p[np.arange(N), y] -= 1
    return loss, p / N
