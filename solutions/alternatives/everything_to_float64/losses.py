import numpy as np


def softmax_loss(scores, y):
    scores = np.array(scores, dtype=np.float64, ndmin=2)
    y = np.asarray(y).astype(int).reshape(-1)
    scores = scores - scores.max(axis=1, keepdims=True)
    log_p = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    target = np.zeros_like(log_p)
    target[np.arange(y.size), y] = 1.0
    return np.float64(-np.vdot(target, log_p) / y.size), (np.exp(log_p) - target) / y.size


def logistic_loss(theta, X, y):
    theta, X, y = np.float64(theta), np.float64(X), np.float64(y)
    sign = 2 * y - 1  # -1 or 1
    margin = sign * (X @ theta)
    return np.logaddexp(0, -margin).sum(), -(sign * np.exp(-np.logaddexp(0, margin))) @ X
