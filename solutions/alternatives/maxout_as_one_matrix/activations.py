import numpy as np


def maxout_forward(x, W, b):
    k, D, H = W.shape
    flat = W.transpose(1, 0, 2).reshape(D, k * H)  # all pieces side by side
    z = (x.dot(flat) + b.reshape(k * H)).reshape(-1, k, H)
    out = np.max(z, axis=1)
    return out, (x, flat, z - out[:, None, :], (k, D, H))


def maxout_backward(dout, cache):
    x, flat, below, (k, D, H) = cache
    dz = np.where(below == 0, dout[:, None, :], 0).reshape(-1, k * H)
    dW = x.T.dot(dz).reshape(D, k, H).transpose(1, 0, 2)
    return dz.dot(flat.T), dW, dz.sum(axis=0).reshape(k, H)
