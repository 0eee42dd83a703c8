import numpy as np


def softmax(scores):
    # subtract the max of each row so that exp() does not overflow
    shifted = scores - np.max(scores, axis=1, keepdims=True)
    e = np.exp(shifted)
    return e / np.sum(e, axis=1, keepdims=True)


def softmax_loss(scores, y):
    N = scores.shape[0]
    shifted = scores - np.max(scores, axis=1, keepdims=True)
    logZ = np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    log_probs = shifted - logZ
    loss = -np.sum(log_probs[np.arange(N), y]) / N

    dscores = np.exp(log_probs)
    dscores[np.arange(N), y] -= 1
    dscores /= N
    return loss, dscores


def logistic_loss(theta, X, y):
    z = X.dot(theta)  # (N,)
    # log(pi) = -log(1 + exp(-z)),   log(1 - pi) = -log(1 + exp(z))
    log_pi = -np.logaddexp(0, -z)
    log_not_pi = -np.logaddexp(0, z)
    cost = -np.sum(y * log_pi + (1 - y) * log_not_pi)
    pi = np.exp(log_pi)
    dtheta = X.T.dot(pi - y)
    return cost, dtheta
