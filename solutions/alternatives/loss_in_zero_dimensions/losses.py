import numpy as np


def softmax_loss(scores, y):
    z = scores - scores.max(1, keepdims=True)
    logs = z - np.log(np.exp(z).sum(1, keepdims=True))
    one_hot = np.eye(scores.shape[1])[y]
    loss = np.array(-(one_hot * logs).sum() / len(y))  # a 0-d array
    return loss, (np.exp(logs) - one_hot) / len(y)


def logistic_loss(theta, X, y):
    z = X @ theta
    cost = np.asarray(np.sum(np.logaddexp(0, z) - y * z))
    dtheta = ((0.5 * (1 + np.tanh(z / 2)) - y)[:, None] * X).sum(axis=0)
    return cost, dtheta
