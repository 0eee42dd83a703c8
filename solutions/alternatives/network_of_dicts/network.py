import numpy as np

from .activations import relu_backward, relu_forward, sigmoid_backward, sigmoid_forward, tanh_backward, tanh_forward
from .batchnorm import batchnorm_backward, batchnorm_forward
from .linear import affine_backward, affine_forward
from .losses import softmax_loss


def _plan(params, activation):
    """The network as a list of steps, each a dict."""
    pair = {
        "relu": (relu_forward, relu_backward),
        "tanh": (tanh_forward, tanh_backward),
        "sigmoid": (sigmoid_forward, sigmoid_backward),
    }[activation]
    L = max(int(key[1:]) for key in params if key[0] == "W")
    steps = []
    for l in range(1, L + 1):
        steps.append({"do": affine_forward, "undo": affine_backward, "keys": [f"W{l}", f"b{l}"]})
        if l < L and f"gamma{l}" in params.keys():
            steps.append({"do": batchnorm_forward, "undo": batchnorm_backward, "keys": [f"gamma{l}", f"beta{l}"]})
        if l < L:
            steps.append({"do": pair[0], "undo": pair[1], "keys": []})
    return steps


def network_scores(params, X, activation):
    for step in _plan(params, activation):
        X = step["do"](X, *(params[key] for key in step["keys"]))[0]
    return X


def network_loss(params, X, y, activation):
    steps = _plan(params, activation)
    for step in steps:
        X, step["cache"] = step["do"](X, *(params[key] for key in step["keys"]))
    loss, d = softmax_loss(X, y)
    grads = {}
    for step in steps[::-1]:
        back = step["undo"](d, step["cache"])
        if step["keys"]:
            d, *rest = back
            grads.update(zip(step["keys"], rest))
        else:
            d = back
    return loss, grads


def sgd_step(params, grads, learning_rate):
    new = {key: np.copy(value) for key, value in params.items()}
    for key in grads:
        new[key] -= learning_rate * grads[key]
    return new
