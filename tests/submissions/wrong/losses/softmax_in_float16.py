import numpy as np


def softmax(scores):
    e = np.exp((scores - scores.max(axis=1, keepdims=True)).astype(np.float16))
    return (e / e.sum(axis=1, keepdims=True)).astype(scores.dtype)
