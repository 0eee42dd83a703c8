import numpy as np


def affine_forward(x, W, b):
    out = (W.T @ x.T).T + b  # Fortran order
    return np.asfortranarray(out), (x, W)


def affine_backward(dout, cache):
    x, W = cache
    dx = (W @ dout.T).T
    dW = (dout.T @ x).T
    db = np.zeros((dout.shape[1], 2))
    db[:, 0] = dout.sum(axis=0)
    return dx, dW, db[:, 0]  # a view of every other number


def quadratic_features(x):
    backwards = np.hstack([x, x[:, np.triu_indices(x.shape[1])[0]] * x[:, np.triu_indices(x.shape[1])[1]]])[:, ::-1]
    return backwards.copy()[:, ::-1]  # negative strides
