import numpy as np


def softmax_loss(scores, y):
    N = len(y)
    z = scores - scores.max()
    e = np.exp(z)
    p = e / e.sum(axis=1, keepdims=True)
    loss = (np.log(e.sum(axis=1)) - z[np.arange(N), y]).mean()
    p[np.arange(N), y] -= 1
    return loss, p / N
