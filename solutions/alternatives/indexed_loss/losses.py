import numpy as np


def softmax(scores):
    z = scores.copy()
    z -= z.max(axis=1)[:, np.newaxis]
    np.exp(z, out=z)
    z /= z.sum(axis=1)[:, np.newaxis]
    return z


def softmax_loss(scores, y):
    rows = np.arange(len(y))
    z = scores - scores.max(axis=1, keepdims=True)
    correct = z[rows, y]
    loss = (np.log(np.exp(z).sum(axis=1)) - correct).sum() / len(y)
    dscores = softmax(scores)
    np.subtract.at(dscores, (rows, y), 1)
    return loss, np.divide(dscores, len(y))
