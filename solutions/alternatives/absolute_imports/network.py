import numpy as np

import nn.losses
from nn.activations import relu_backward, relu_forward, sigmoid_backward, sigmoid_forward, tanh_backward, tanh_forward
from nn.batchnorm import *
from nn.linear import affine_backward as affine_back, affine_forward as affine


def network_loss(params, X, y, activation):
    forward = {"relu": relu_forward, "tanh": tanh_forward, "sigmoid": sigmoid_forward}
    backward = {"relu": relu_backward, "tanh": tanh_backward, "sigmoid": sigmoid_backward}
    tape = []

    def layer(l, h):
        h, cache = affine(h, params[f"W{l}"], params[f"b{l}"])
        tape.append((affine_back, cache, (f"W{l}", f"b{l}")))
        if f"W{l + 1}" not in params:
            return h
        if f"gamma{l}" in params:
            h, cache = batchnorm_forward(h, params[f"gamma{l}"], params[f"beta{l}"])
            tape.append((batchnorm_backward, cache, (f"gamma{l}", f"beta{l}")))
        h, cache = forward[activation](h)
        tape.append((lambda d, c: (backward[activation](d, c),), cache, ()))
        return layer(l + 1, h)

    loss, d = nn.losses.softmax_loss(layer(1, X), y)
    grads = {}
    for function, cache, names in reversed(tape):
        d, *own = function(d, cache)
        grads.update(zip(names, own))
    return loss, grads
