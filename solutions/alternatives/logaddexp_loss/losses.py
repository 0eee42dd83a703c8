import numpy as np


def softmax(scores):
    z = scores - np.amax(scores, axis=-1, keepdims=True)
    return np.exp(z - np.logaddexp.reduce(z, axis=-1, keepdims=True))


def softmax_loss(scores, y):
    # relative to the label's score: L_i = log(sum_k exp(s_k - s_y))
    z = scores - np.take_along_axis(scores, y[:, None], axis=1)
    per_sample = np.logaddexp.reduce(z, axis=1)
    grad = softmax(scores)
    labels = np.take_along_axis(grad, y[:, None], axis=1) - 1
    np.put_along_axis(grad, y[:, None], labels, axis=1)
    return np.average(per_sample), grad / y.size
