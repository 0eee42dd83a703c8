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
    features = [x]
    for i in range(D):
        features.append(x[:, [i]] * x)  # x_i * x_1 ... x_i * x_D
    return np.hstack(features)
