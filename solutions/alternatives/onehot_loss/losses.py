import numpy as np


def softmax_loss(scores, y):
    N, C = scores.shape
    target = (np.arange(C) == y[:, None]).astype(float)
    shifted = scores - np.max(scores, axis=1, keepdims=True)
    log_sum = np.log(np.exp(shifted).sum(axis=1))
    loss = np.mean(log_sum - np.sum(target * shifted, axis=1))
    probs = np.exp(shifted - log_sum[:, None])
    return loss, (probs - target) / N


def logistic_loss(theta, X, y):
    logits = X @ theta
    both = np.stack([np.zeros_like(logits), logits], axis=1)  # a softmax over two classes
    lse = np.logaddexp(both[:, 0], both[:, 1])
    log_p = both - lse[:, None]
    target = np.stack([1 - y, y], axis=1)
    return -np.sum(target * log_p), X.T @ (np.exp(log_p[:, 1]) - y)
