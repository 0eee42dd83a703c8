import numpy as np


def affine_forward(x, W, b):
    N = x.shape[0]
    D, H = W.shape
    out = np.zeros((N, H))
    for n in range(N):
        for h in range(H):
            s = b[h]
            for d in range(D):
                s += x[n, d] * W[d, h]
            out[n, h] = s
    return out, (x, W, b)


def affine_backward(dout, cache):
    x, W, b = cache
    N = x.shape[0]
    D, H = W.shape
    dx = np.zeros((N, D))
    dW = np.zeros((D, H))
    db = np.zeros(H)
    for n in range(N):
        for h in range(H):
            db[h] += dout[n, h]
            for d in range(D):
                dx[n, d] += dout[n, h] * W[d, h]
                dW[d, h] += dout[n, h] * x[n, d]
    return dx, dW, db


def quadratic_features(x):
    rows = []
    for sample in x:
        row = list(sample)
        for i in range(len(sample)):
            for j in range(i, len(sample)):
                row.append(sample[i] * sample[j])
        rows.append(row)
    return np.array(rows)
