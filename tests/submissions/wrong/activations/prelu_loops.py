import numpy as np


def prelu_forward(x, alpha):
    out = np.zeros(x.shape)
    for n in range(x.shape[0]):
        for d in range(x.shape[1]):
            out[n, d] = x[n, d] if x[n, d] > 0 else alpha[d] * x[n, d]
    return out, (x, alpha)


def prelu_backward(dout, cache):
    x, alpha = cache
    dx, dalpha = np.zeros(x.shape), np.zeros(alpha.shape)
    for n in range(x.shape[0]):
        for d in range(x.shape[1]):
            if x[n, d] > 0:
                dx[n, d] = dout[n, d]
            else:
                dx[n, d] = alpha[d] * dout[n, d]
                dalpha[d] += x[n, d] * dout[n, d]
    return dx, dalpha
