import numpy as np


def softmax_loss(scores, y):
    N, C = scores.shape
    flat = np.arange(N) * C + y
    s = np.ascontiguousarray((scores.T - scores.max(axis=1)).T)
    logp = (s.T - np.log(np.exp(s).sum(axis=1))).T
    loss = -logp.ravel()[flat].mean()
    p = np.exp(logp).ravel()
    p[flat] -= 1
    return loss, p.reshape(N, C) / N
