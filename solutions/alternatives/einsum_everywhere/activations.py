import numpy as np


def maxout_forward(x, W, b):
    z = np.einsum("nd,kdh->nkh", x, W) + b
    chosen = np.eye(W.shape[0])[z.argmax(axis=1)].transpose(0, 2, 1)  # one-hot over the pieces: (N, k, H)
    return np.einsum("nkh,nkh->nh", z, chosen), (x, W, chosen)


def maxout_backward(dout, cache):
    x, W, chosen = cache
    dx = np.einsum("nh,nkh,kdh->nd", dout, chosen, W, optimize=True)
    dW = np.einsum("nh,nkh,nd->kdh", dout, chosen, x, optimize=True)
    db = np.einsum("nh,nkh->kh", dout, chosen)
    return dx, dW, db
