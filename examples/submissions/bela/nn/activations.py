import numpy as np

from .layer import Layer


class Sigmoid(Layer):
    def forward(self, x):
        # sigma(x) = (1 + tanh(x/2)) / 2
        self.s = 0.5 * (1 + np.tanh(0.5 * x))
        return self.s.copy()

    def backward(self, dout):
        return dout * self.s * (1 - self.s)


class Tanh(Layer):
    def forward(self, x):
        self.t = np.tanh(x)
        return self.t.copy()

    def backward(self, dout):
        return dout * (1 - self.t**2)


class LeakyReLU(Layer):
    """max(slope * x, x).  ReLU is the case slope = 0, PReLU the one where slope is a vector."""

    def __init__(self, slope=0.01):
        self.slope = slope

    def forward(self, x):
        self.x = x
        self.negative = x < 0
        out = x.copy()
        return np.where(self.negative, self.slope * x, out)

    def backward(self, dout):
        return np.where(self.negative, self.slope * dout, dout)


class ReLU(LeakyReLU):
    def __init__(self):
        super().__init__(slope=0.0)


class PReLU(LeakyReLU):
    def __init__(self, alpha):
        super().__init__(slope=alpha)

    def backward(self, dout):
        self.dalpha = (dout * self.x * self.negative).sum(axis=0)
        return super().backward(dout)


class Maxout(Layer):
    def __init__(self, W, b):
        self.W = W
        self.b = b

    def forward(self, x):
        self.x = x
        z = np.einsum("nd,kdh->knh", x, self.W) + self.b[:, None, :]
        self.mask = z == z.max(axis=0)
        return z.max(axis=0)

    def backward(self, dout):
        dz = self.mask * dout  # (k, N, H)
        self.dW = np.einsum("nd,knh->kdh", self.x, dz)
        self.db = dz.sum(axis=1)
        return np.einsum("knh,kdh->nd", dz, self.W)


def sigmoid_forward(x):
    layer = Sigmoid()
    return layer(x), layer


def sigmoid_backward(dout, layer):
    return layer.backward(dout)


def tanh_forward(x):
    layer = Tanh()
    return layer(x), layer


def tanh_backward(dout, layer):
    return layer.backward(dout)


def relu_forward(x):
    layer = ReLU()
    return layer(x), layer


def relu_backward(dout, layer):
    return layer.backward(dout)


def leaky_relu_forward(x, slope=0.01):
    layer = LeakyReLU(slope)
    return layer(x), layer


def leaky_relu_backward(dout, layer):
    return layer.backward(dout)


def prelu_forward(x, alpha):
    layer = PReLU(alpha)
    return layer(x), layer


def prelu_backward(dout, layer):
    dx = layer.backward(dout)
    return dx, layer.dalpha


def maxout_forward(x, W, b):
    layer = Maxout(W, b)
    return layer(x), layer


def maxout_backward(dout, layer):
    dx = layer.backward(dout)
    return dx, layer.dW, layer.db
