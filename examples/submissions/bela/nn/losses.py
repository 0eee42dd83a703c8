import numpy as np


class SoftmaxCrossEntropy:
    """Softmax and the cross entropy, with one-hot labels."""

    def __init__(self, scores):
        s = scores - scores.max(axis=1, keepdims=True)
        self.log_probabilities = s - np.log(np.exp(s).sum(axis=1, keepdims=True))

    @property
    def probabilities(self):
        return np.exp(self.log_probabilities)

    def loss(self, y):
        return -(self.one_hot(y) * self.log_probabilities).sum(axis=1).mean()

    def gradient(self, y):
        return (self.probabilities - self.one_hot(y)) / len(y)

    def one_hot(self, y):
        return np.eye(self.log_probabilities.shape[1])[y]


def softmax(scores):
    return SoftmaxCrossEntropy(scores).probabilities


def softmax_loss(scores, y):
    criterion = SoftmaxCrossEntropy(scores)
    return criterion.loss(y), criterion.gradient(y)


class Logistic:
    """-log sigma(z) = softplus(-z), which is written so that nothing overflows."""

    @staticmethod
    def softplus(z):
        return np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))

    @classmethod
    def sigma(cls, z):
        return np.exp(-cls.softplus(-z))


def logistic_loss(theta, X, y):
    z = X @ theta
    cost = (y * Logistic.softplus(-z) + (1 - y) * Logistic.softplus(z)).sum()
    dtheta = (Logistic.sigma(z) - y) @ X
    return cost, dtheta
