import numpy as np


def affine_forward(x, W, b):
    # x and W in one array, one below the other
    wide = max(x.shape[1], W.shape[1])
    cache = np.full((x.shape[0] + W.shape[0], wide + 1), np.nan)
    cache[: len(x), : x.shape[1]] = x
    cache[len(x) :, : W.shape[1]] = W
    return x @ W + b, cache


def affine_backward(dout, cache):
    N, H = dout.shape
    D = len(cache) - N
    x, W = cache[:N, :D], cache[N:, :H]
    return dout @ W.T, x.T @ dout, dout.sum(axis=0)
