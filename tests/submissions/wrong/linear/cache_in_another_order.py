import numpy as np


def affine_forward(x, W, b):
    return x @ W + b, (x, W)


def affine_backward(dout, cache):
    W, x = cache
    return dout @ W.T, x.T @ dout, dout.sum(axis=0)
