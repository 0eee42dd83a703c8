import numpy as np


def network_loss(params, X, y, activation):
    scores, caches = _network_forward(params, X, activation)
    loss, dh = softmax_loss(scores, y)
    L = _number_of_layers(params)
    grads = {}
    for l in range(L, 0, -1):
        if l < L:
            caches.pop()
            if f"gamma{l}" in params:
                dh, grads[f"gamma{l}"], grads[f"beta{l}"] = batchnorm_backward(dh, caches.pop())
        dh, grads[f"W{l}"], grads[f"b{l}"] = affine_backward(dh, caches.pop())
    return loss, grads
