import numpy as np


def softmax_loss(scores, y):
    N = len(y)
    z = scores - scores.max(axis=1, keepdims=True)
    logp = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    p = np.exp(logp)
    p[np.arange(N), y] -= 1
    return -np.log10(p[np.arange(N), y] + 1).mean(), p / N
