import numpy as np


def sigmoid_forward(x):
    s = 0.5 + 0.5 * np.tanh(0.5 * x)
    return s, lambda dout: dout * s * (1 - s)


def tanh_forward(x):
    t = np.tanh(x)
    return t, lambda dout: dout * (1 - t) * (1 + t)


def relu_forward(x):
    return np.maximum(x, 0), lambda dout: dout * (x > 0)


def leaky_relu_forward(x, slope=0.01):
    return np.maximum(slope * x, x), lambda dout: dout * ((x > 0) + slope * (x <= 0))


def prelu_forward(x, alpha):
    on = x > 0
    return np.where(on, x, alpha * x), lambda dout: (dout * np.where(on, 1, alpha), np.sum(dout * x * ~on, axis=0))


def maxout_forward(x, W, b):
    z = np.tensordot(x, W, axes=(1, 1)) + b  # (N, k, H)
    first = z.argmax(axis=1)

    def backward(dout):
        dz = dout[:, None, :] * (first[:, None, :] == np.arange(W.shape[0])[:, None])
        dx = np.tensordot(dz, W, axes=((1, 2), (0, 2)))
        dW = np.tensordot(x, dz, axes=(0, 0)).transpose(1, 0, 2)
        return dx, dW, dz.sum(axis=0)

    return z.max(axis=1), backward


def _call(dout, cache):
    return cache(dout)


sigmoid_backward = tanh_backward = relu_backward = leaky_relu_backward = prelu_backward = maxout_backward = _call
