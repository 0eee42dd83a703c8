import numpy as np


def affine_forward(x, W, b):
    return np.einsum("nd,dh->nh", x, W) + np.einsum("h,n->nh", b, np.ones(x.shape[0])), (x, W)


def affine_backward(dout, cache):
    x, W = cache
    return np.einsum("nh,dh->nd", dout, W), np.einsum("nd,nh->dh", x, dout), np.einsum("nh->h", dout)


def quadratic_features(x):
    D = x.shape[1]
    outer = np.einsum("ni,nj->nij", x, x)
    return np.concatenate([x, outer[:, np.triu(np.ones((D, D), dtype=bool))]], axis=1)
