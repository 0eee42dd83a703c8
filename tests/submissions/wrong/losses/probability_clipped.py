import numpy as np


def softmax_loss(scores, y):
    N = len(y)
    z = scores - scores.max(axis=1, keepdims=True)
    logp = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    p = np.exp(logp)
    loss = -np.log(np.clip(p[np.arange(N), y], 1e-12, 1)).mean()
    p[np.arange(N), y] -= 1
    return loss, p / N
