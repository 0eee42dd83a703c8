import numpy as np


def affine_forward(x, W, b):
    out = np.empty((x.shape[0], W.shape[1]), dtype=x.dtype)
    out[...] = x @ W + b
    return out, (x, W)


def affine_backward(dout, cache):
    x, W = cache
    return (dout @ W.T).astype(x.dtype), (x.T @ dout).astype(W.dtype), dout.sum(axis=0, dtype=dout.dtype)
