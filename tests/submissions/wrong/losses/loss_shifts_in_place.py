import numpy as np


def softmax_loss(scores, y):
    N = len(y)
    scores -= scores.max(axis=1, keepdims=True)
    logp = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    p = np.exp(logp)
    p[np.arange(N), y] -= 1
    return -logp[np.arange(N), y].mean(), p / N
