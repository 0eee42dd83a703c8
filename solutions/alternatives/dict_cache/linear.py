def affine_forward(x, W, b):
    cache = {"x": x, "W": W, "b": b, "name": "affine", "shape": x.shape}
    return x.dot(W) + b, cache


def affine_backward(dout, cache):
    dx = dout.dot(cache["W"].T)
    dW = cache["x"].T.dot(dout)
    db = dout.sum(axis=0)
    return dx, dW, db
