import numpy as np

# ---------- sigmoid ----------


def sigmoid_forward(x):
    # exp only of negative numbers, otherwise it overflows at x = -1000
    e = np.exp(-np.abs(x))
    out = np.where(x >= 0, 1 / (1 + e), e / (1 + e))
    return out, out


def sigmoid_backward(dout, cache):
    s = cache
    return dout * s * (1 - s)


# ---------- tanh ----------


def tanh_forward(x):
    out = np.tanh(x)
    return out, out


def tanh_backward(dout, cache):
    return dout * (1 - cache**2)


# ---------- relu ----------


def relu_forward(x):
    return np.maximum(0, x), x


def relu_backward(dout, cache):
    dout[dout < 0] = 0  # relu lets only positive values through
    return dout


# ---------- leaky relu ----------


def leaky_relu_forward(x, slope=0.01):
    out = np.where(x > 0, x, slope * x)
    return out, (x, slope)


def leaky_relu_backward(dout, cache):
    x, slope = cache
    return np.where(x > 0, dout, slope * dout)


# ---------- prelu ----------


def prelu_forward(x, alpha):
    out = np.where(x > 0, x, alpha * x)
    return out, (x, alpha)


def prelu_backward(dout, cache):
    x, alpha = cache
    dx = np.where(x > 0, dout, alpha * dout)
    dalpha = np.where(x > 0, 0, x) * dout
    return dx, dalpha


# ---------- maxout ----------


def maxout_forward(x, W, b):
    k = W.shape[0]
    pieces = np.array([x.dot(W[j]) + b[j] for j in range(k)])  # (k, N, H)
    winner = pieces.argmax(axis=0)  # (N, H)
    out = pieces.max(axis=0)
    return out, (x, W, winner)


def maxout_backward(dout, cache):
    x, W, winner = cache
    dx = np.zeros_like(x)
    dW = np.zeros_like(W)
    db = np.zeros((W.shape[0], W.shape[2]))
    for j in range(W.shape[0]):
        d = dout * (winner == j)  # only the winning piece gets the gradient
        dx += d.dot(W[j].T)
        dW[j] = x.T.dot(d)
        db[j] = d.sum(axis=0)
    return dx, dW, db
