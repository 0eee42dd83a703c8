import numpy as np


def softmax_loss(scores, y):
    N = len(y)
    e = np.exp(scores - scores.max(axis=0))
    p = e / e.sum(axis=0)
    loss = -np.log(p[np.arange(N), y]).mean()
    p[np.arange(N), y] -= 1
    return loss, p / N
