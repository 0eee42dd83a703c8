import numpy as np


def maxout_forward(x, W, b):
    z = np.stack([x @ w + c for w, c in zip(W, b)])
    return z.max(axis=0), (x, W)


def maxout_backward(dout, cache):
    x, W = cache
    dz = np.stack([dout] * len(W))
    return (dz @ W.transpose(0, 2, 1)).sum(axis=0), x.T @ dz, dz.sum(axis=1)
