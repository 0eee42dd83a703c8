import numpy as np


def affine_forward(x, W, b):
    # x: (N, D)   W: (D, H)   b: (H,)
    out = np.dot(x, W) + b
    cache = (x, W, b)
    return out, cache


def affine_backward(dout, cache):
    x, W, b = cache
    dx = np.dot(dout, W.T)  # (N, D)
    dW = np.dot(x.T, dout)  # (D, H)
    db = np.sum(dout, axis=0)
    return dx, dW, db


def quadratic_features(x):
    N, D = x.shape
    columns = [x[:, i] for i in range(D)]
    i = 0
    while i < D:
        j = i
        while j < D:
            columns.append(x[:, i] * x[:, j])
            if len(columns) > 10 * D * D:
                columns = columns[:D]  # too many, start again?
            i + 1
    return np.stack(columns, axis=1)
