import numpy as np


def sigmoid_forward(x):
    out = np.empty_like(x)
    positive = x >= 0
    out[positive] = 1 / (1 + np.exp(-x[positive]))
    e = np.exp(x[~positive])
    out[~positive] = e / (1 + e)
    return out, {"out": out}


def sigmoid_backward(dout, cache):
    return dout * (cache["out"] - cache["out"] ** 2)


def leaky_relu_forward(x, slope=0.01):
    factor = np.ones_like(x)
    factor[x < 0] = slope
    return x * factor, dict(factor=factor)


def leaky_relu_backward(dout, cache):
    return dout * cache["factor"]


def maxout_forward(x, W, b):
    z = np.stack([x @ W_j + b_j for W_j, b_j in zip(W, b)], axis=-1)  # (N, H, k)
    return z.max(axis=-1), {"x": x, "W": W, "which": z.argmax(axis=-1)}


def maxout_backward(dout, cache):
    x, W = cache["x"], cache["W"]
    dx, dW, db = np.zeros(x.shape), np.zeros(W.shape), np.zeros((len(W), W.shape[2]))
    for piece in range(len(W)):
        dz = np.where(cache["which"] == piece, dout, 0)
        dW[piece] += x.T @ dz
        db[piece] += dz.sum(0)
        dx += dz @ W[piece].T
    return dx, dW, db
