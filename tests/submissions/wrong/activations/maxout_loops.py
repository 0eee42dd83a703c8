import numpy as np


def maxout_forward(x, W, b):
    z = np.array([[sample @ w + c for w, c in zip(W, b)] for sample in x])
    return z.max(axis=1), (x, W, z.argmax(axis=1))


def maxout_backward(dout, cache):
    x, W, winner = cache
    dx, dW, db = np.zeros(x.shape), np.zeros(W.shape), np.zeros(W.shape[::2])
    for n in range(len(x)):
        for h in range(W.shape[2]):
            j = winner[n, h]
            dx[n] += dout[n, h] * W[j, :, h]
            dW[j, :, h] += dout[n, h] * x[n]
            db[j, h] += dout[n, h]
    return dx, dW, db
