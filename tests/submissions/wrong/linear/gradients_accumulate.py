import numpy as np


class Layer:
    dW = {}
    db = {}


def affine_forward(x, W, b):
    return x @ W + b, (x, W)


def affine_backward(dout, cache):
    x, W = cache
    Layer.dW[W.shape] = Layer.dW.get(W.shape, 0) + x.T @ dout
    Layer.db[W.shape] = Layer.db.get(W.shape, 0) + dout.sum(axis=0)
    return dout @ W.T, Layer.dW[W.shape], Layer.db[W.shape]
