import numpy as np


def softmax_loss(scores, y):
    N = scores.shape[0]
    scores = scores - scores.max(axis=1).reshape(-1, 1)
    logs = scores - np.log(np.exp(scores).sum(axis=1)).reshape(-1, 1)
    dscores = np.exp(logs)
    dscores[range(N), y] -= 1.0
    return [-logs[range(N), y].mean(), dscores / N]
