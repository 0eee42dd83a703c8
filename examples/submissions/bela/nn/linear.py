import numpy as np

from .layer import Layer


class Affine(Layer):
    def __init__(self, W, b):
        self.W = W
        self.b = b

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, dout):
        self.dW = self.x.T @ dout
        self.db = dout.sum(axis=0)
        return dout @ self.W.T


def affine_forward(x, W, b):
    layer = Affine(W, b)
    return layer(x), layer


def affine_backward(dout, layer):
    dx = layer.backward(dout)
    return dx, layer.dW, layer.db


def quadratic_features(x):
    D = x.shape[1]
    columns = [x]
    for i in range(D):
        # x_i times x_i, x_(i+1), ..., x_D
        columns.append(x[:, i : i + 1] * x[:, i:])
    return np.concatenate(columns, axis=1)
