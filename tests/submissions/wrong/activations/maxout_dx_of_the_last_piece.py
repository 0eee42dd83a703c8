import numpy as np


def maxout_forward(x, W, b):
    z = np.stack([x @ w + c for w, c in zip(W, b)])
    return z.max(axis=0), (x, W, z.argmax(axis=0))


def maxout_backward(dout, cache):
    x, W, winner = cache
    dW, db = np.zeros(W.shape), np.zeros(W.shape[::2])
    for j in range(len(W)):
        dz = dout * (winner == j)
        dx = dz @ W[j].T
        dW[j] = x.T @ dz
        db[j] = dz.sum(axis=0)
    return dx, dW, db
