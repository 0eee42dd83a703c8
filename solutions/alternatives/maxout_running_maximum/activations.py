import numpy as np


def maxout_forward(x, W, b):
    out = x @ W[0] + b[0]
    winner = np.zeros(out.shape, dtype=int)
    for j in range(1, len(W)):
        piece = x @ W[j] + b[j]
        better = piece > out
        out = np.where(better, piece, out)
        winner[better] = j
    return out, (x, W, winner)


def maxout_backward(dout, cache):
    x, W, winner = cache
    dW, db, dx = [], [], 0
    for j in range(len(W)):
        d = dout * (winner == j)
        dW.append(x.T @ d)
        db.append(d.sum(axis=0))
        dx = dx + d @ W[j].T
    return dx, np.stack(dW), np.stack(db)
