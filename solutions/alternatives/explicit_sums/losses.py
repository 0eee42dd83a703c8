import numpy as np


def softmax(scores):
    biggest = scores[:, 0]
    for c in range(1, scores.shape[1]):
        biggest = np.where(scores[:, c] > biggest, scores[:, c], biggest)
    e = np.exp((scores.T - biggest).T)
    return (e.T / sum(e.T)).T


def softmax_loss(scores, y):
    p = softmax(scores)
    N, C = scores.shape
    label = np.zeros((N, C))
    label[np.arange(N), y] = 1
    gap = scores - np.sum(scores * label, axis=1)[:, None]  # every score minus the label's
    top = np.max(gap, axis=1)
    loss = np.sum(top + np.log(np.sum(np.exp(gap - top[:, None]), axis=1))) / N
    return loss, 1 / N * (p - label)
