import numpy as np


def softmax_loss(scores, y):
    N = len(y)
    z = scores - scores.max(axis=1, keepdims=True)
    logp = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    p = np.exp(logp)
    p[np.arange(N), y] -= 1
    return -logp[np.arange(N), y].sum(), p / N
