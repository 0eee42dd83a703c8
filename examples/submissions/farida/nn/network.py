import numpy as np

from .activations import (
    relu_backward,
    relu_forward,
    sigmoid_backward,
    sigmoid_forward,
    tanh_backward,
    tanh_forward,
)
from .batchnorm import (
    batchnorm_backward,
    batchnorm_forward,
    batchnorm_inference,
    inference_parameters,
    population_statistics,
)
from .initialization import gaussian_init, he_init, xavier_init, zero_init
from .linear import affine_backward, affine_forward
from .losses import softmax_loss

FORWARD = {"relu": relu_forward, "tanh": tanh_forward, "sigmoid": sigmoid_forward}
BACKWARD = {"relu": relu_backward, "tanh": tanh_backward, "sigmoid": sigmoid_backward}


def number_of_layers(params):
    # W1 ... WL
    L = 0
    while "W%d" % (L + 1) in params:
        L += 1
    return L


def init_network(sizes, init, rng, batchnorm=False):
    params = {}
    L = len(sizes) - 1
    for l in range(1, L + 1):
        fan_in, fan_out = sizes[l - 1], sizes[l]
        if init == "zero":
            W = zero_init(fan_in, fan_out)
        elif init == "gaussian":
            W = gaussian_init(fan_in, fan_out, 0.01, rng)
        elif init == "xavier":
            W = xavier_init(fan_in, fan_out, rng)
        elif init == "he":
            W = he_init(fan_in, fan_out, rng)
        else:
            raise ValueError("unknown init: " + init)
        params["W%d" % l] = W
        params["b%d" % l] = np.zeros(fan_out)
        if batchnorm and l < L:
            params["gamma%d" % l] = np.ones(fan_out)
            params["beta%d" % l] = np.zeros(fan_out)
    return params


def forward(params, X, activation):
    L = number_of_layers(params)
    caches = []
    h = X
    for l in range(1, L + 1):
        h, fc_cache = affine_forward(h, params["W%d" % l], params["b%d" % l])
        bn_cache = act_cache = None
        if l < L:
            if "gamma%d" % l in params:
                h, bn_cache = batchnorm_forward(h, params["gamma%d" % l], params["beta%d" % l])
            h, act_cache = FORWARD[activation](h)
        caches.append((fc_cache, bn_cache, act_cache))
    return h, caches


def network_scores(params, X, activation):
    scores, _ = forward(params, X, activation)
    return scores


def network_loss(params, X, y, activation):
    scores, caches = forward(params, X, activation)
    loss, dh = softmax_loss(scores, y)

    L = number_of_layers(params)
    grads = {}
    for l in range(L, 0, -1):
        fc_cache, bn_cache, act_cache = caches[l - 1]
        if l < L:
            dh = BACKWARD[activation](dh, act_cache)
            if bn_cache is not None:
                dh, grads["gamma%d" % l], grads["beta%d" % l] = batchnorm_backward(dh, bn_cache)
        dh, grads["W%d" % l], grads["b%d" % l] = affine_backward(dh, fc_cache)
    return loss, grads


def sgd_step(params, grads, learning_rate):
    return {name: params[name] - learning_rate * grads[name] for name in params}


def train(params, X, y, activation, *, steps, batch_size, learning_rate, rng):
    losses = np.zeros(steps)
    for t in range(steps):
        batch = rng.choice(X.shape[0], batch_size, replace=False)
        losses[t], grads = network_loss(params, X[batch], y[batch], activation)
        params = sgd_step(params, grads, learning_rate)
    return params, losses


def freeze_batchnorm(params, batches, activation):
    L = number_of_layers(params)
    frozen = {}
    h = batches  # (B, m, D), one batch after the other
    for l in range(1, L + 1):
        W, b = params["W%d" % l], params["b%d" % l]
        frozen["W%d" % l] = W.copy()
        frozen["b%d" % l] = b.copy()
        if l == L:
            break
        a = np.array([affine_forward(batch, W, b)[0] for batch in h])
        if "gamma%d" % l in params:
            gamma, beta = params["gamma%d" % l], params["beta%d" % l]
            mean, var = population_statistics(a)
            frozen["scale%d" % l], frozen["shift%d" % l] = inference_parameters(gamma, beta, mean, var)
            # the next layer sees what it saw in training: each batch with its own statistics
            a = np.array([batchnorm_forward(batch, gamma, beta)[0] for batch in a])
        h = np.array([FORWARD[activation](batch)[0] for batch in a])
    return frozen


def inference_scores(frozen, X, activation):
    L = number_of_layers(frozen)
    h = X
    for l in range(1, L + 1):
        h, _ = affine_forward(h, frozen["W%d" % l], frozen["b%d" % l])
        if l < L:
            if "scale%d" % l in frozen:
                h = batchnorm_inference(h, frozen["scale%d" % l], frozen["shift%d" % l])
            h, _ = FORWARD[activation](h)
    return h
