"""A network of L layers, its training, and its inference.

The parameters are a dict of arrays, ``W1, b1, ..., WL, bL``, and with batch normalization also
``gamma1, beta1, ..., gamma{L-1}, beta{L-1}``.  A hidden layer is affine, then batch normalization
(where the parameters have it, with eps = 1e-5), then the activation: "relu", "tanh" or "sigmoid".
The scores come from the last affine layer.

Shapes: N samples, D features, C classes.
"""

import numpy as np

from .activations import activation_functions
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

### BEGIN SOLUTION


def _initial_weights(fan_in, fan_out, init, rng):
    """A weight matrix, (fan_in, fan_out), by the name of its initialization."""
    if init == "zero":
        return zero_init(fan_in, fan_out)
    if init == "gaussian":
        return gaussian_init(fan_in, fan_out, 0.01, rng)
    if init == "xavier":
        return xavier_init(fan_in, fan_out, rng)
    if init == "he":
        return he_init(fan_in, fan_out, rng)
    raise ValueError(f"no initialization is named {init!r}")


def _number_of_layers(params):
    """L, the number of weight matrices."""
    return sum(name.startswith("W") for name in params)


def _network_forward(params, X, activation):
    """The scores, (N, C), and the caches of all the steps in the order in which they were taken."""
    activate, _ = activation_functions(activation)
    L = _number_of_layers(params)
    caches = []
    h = X
    for layer in range(1, L):
        h, cache = affine_forward(h, params[f"W{layer}"], params[f"b{layer}"])
        caches.append(cache)
        if f"gamma{layer}" in params:
            h, cache = batchnorm_forward(h, params[f"gamma{layer}"], params[f"beta{layer}"])
            caches.append(cache)
        h, cache = activate(h)
        caches.append(cache)
    scores, cache = affine_forward(h, params[f"W{L}"], params[f"b{L}"])
    caches.append(cache)
    return scores, caches


### END SOLUTION


def init_network(sizes, init, rng, batchnorm=False):
    """The parameters of a new network.

    Biases are 0, gammas 1, betas 0.

    Args:
        sizes: [D, ..., C]: the number of features, of each hidden layer's units, of classes.
        init: "zero", "gaussian" (standard deviation 0.01), "xavier" or "he".
        rng: a numpy.random.Generator.
        batchnorm: whether the hidden layers have batch normalization.

    Returns:
        params: a dict; ``W{l}`` is (sizes[l-1], sizes[l]), the others of layer l are (sizes[l],).
    """
    ### BEGIN SOLUTION
    params = {}
    L = len(sizes) - 1
    for layer in range(1, L + 1):
        fan_in, fan_out = sizes[layer - 1], sizes[layer]
        params[f"W{layer}"] = _initial_weights(fan_in, fan_out, init, rng)
        params[f"b{layer}"] = np.zeros(fan_out)
        if batchnorm and layer < L:
            params[f"gamma{layer}"] = np.ones(fan_out)
            params[f"beta{layer}"] = np.zeros(fan_out)
    return params
    ### END SOLUTION


def network_scores(params, X, activation):
    """The network's scores; batch normalization takes the statistics of the batch ``X`` itself.

    Args:
        params: the parameters, a dict of arrays.
        X: (N, D).
        activation: "relu", "tanh" or "sigmoid".

    Returns:
        scores: (N, C).
    """
    ### BEGIN SOLUTION
    scores, _ = _network_forward(params, X, activation)
    return scores
    ### END SOLUTION


def network_loss(params, X, y, activation):
    """The softmax loss of the network's scores, and its gradients.

    Args:
        params: the parameters, a dict of arrays.
        X: (N, D).
        y: (N,), integers in [0, C).
        activation: "relu", "tanh" or "sigmoid".

    Returns:
        loss: a number.
        grads: a dict with the keys of ``params``: the gradient with respect to each of them.
    """
    ### BEGIN SOLUTION
    _, activate_backward = activation_functions(activation)
    L = _number_of_layers(params)
    scores, caches = _network_forward(params, X, activation)
    loss, dscores = softmax_loss(scores, y)

    # The same steps backwards, each with its own cache, the last one first.
    grads = {}
    dh, grads[f"W{L}"], grads[f"b{L}"] = affine_backward(dscores, caches.pop())
    for layer in reversed(range(1, L)):
        dh = activate_backward(dh, caches.pop())
        if f"gamma{layer}" in params:
            dh, grads[f"gamma{layer}"], grads[f"beta{layer}"] = batchnorm_backward(dh, caches.pop())
        dh, grads[f"W{layer}"], grads[f"b{layer}"] = affine_backward(dh, caches.pop())
    return loss, grads
    ### END SOLUTION


def sgd_step(params, grads, learning_rate):
    """One step of gradient descent.

    Args:
        params: the parameters, a dict of arrays; they are not changed.
        grads: a dict with the same keys.
        learning_rate: a number.

    Returns:
        params: new ones, against the gradient.
    """
    ### BEGIN SOLUTION
    return {name: params[name] - learning_rate * grads[name] for name in params}
    ### END SOLUTION


def train(params, X, y, activation, *, steps, batch_size, learning_rate, rng):
    """Stochastic gradient descent on mini-batches, each drawn without replacement.

    Args:
        params: the parameters to begin with; they are not changed.
        X: (N, D).
        y: (N,), integers in [0, C).
        activation: "relu", "tanh" or "sigmoid".
        steps: how many steps to take.
        batch_size: the number of samples in a mini-batch, at most N.
        learning_rate: a number.
        rng: a numpy.random.Generator, which draws the mini-batches.

    Returns:
        params: the trained ones.
        losses: (steps,), the loss of each step's mini-batch before its update.
    """
    ### BEGIN SOLUTION
    losses = np.zeros(steps)
    for step in range(steps):
        batch = rng.choice(len(X), size=batch_size, replace=False)  # (batch_size,), indices
        losses[step], grads = network_loss(params, X[batch], y[batch], activation)
        params = sgd_step(params, grads, learning_rate)
    return params, losses
    ### END SOLUTION


def freeze_batchnorm(params, batches, activation):
    """Algorithm 2, lines 7 to 12: the network for inference, with batch normalization frozen.

    Each layer's population statistics are those of its batch normalization's input in the
    *training* network, where every mini-batch is normalized by its own statistics.

    Args:
        params: the trained parameters, a dict of arrays; they are not changed.
        batches: (B, m, D): B mini-batches of m > 1 samples each.
        activation: "relu", "tanh" or "sigmoid".

    Returns:
        frozen: a dict like ``params``, but with ``scale{l}`` and ``shift{l}`` in the place of
            ``gamma{l}`` and ``beta{l}``.
    """
    ### BEGIN SOLUTION
    activate, _ = activation_functions(activation)
    L = _number_of_layers(params)
    frozen = {}
    hs = batches  # (B, m, D)
    for layer in range(1, L):
        W, b = params[f"W{layer}"], params[f"b{layer}"]
        frozen[f"W{layer}"], frozen[f"b{layer}"] = W, b
        hs = np.stack([affine_forward(h, W, b)[0] for h in hs])  # (B, m, units of this layer)
        if f"gamma{layer}" in params:
            gamma, beta = params[f"gamma{layer}"], params[f"beta{layer}"]
            mean, var = population_statistics(hs)
            scale, shift = inference_parameters(gamma, beta, mean, var)
            frozen[f"scale{layer}"], frozen[f"shift{layer}"] = scale, shift
            hs = np.stack([batchnorm_forward(h, gamma, beta)[0] for h in hs])
        hs = np.stack([activate(h)[0] for h in hs])
    frozen[f"W{L}"], frozen[f"b{L}"] = params[f"W{L}"], params[f"b{L}"]
    return frozen
    ### END SOLUTION


def inference_scores(frozen, X, activation):
    """The scores of the frozen network: a sample's no longer depend on the rest of its batch.

    Args:
        frozen: the parameters that freeze_batchnorm returned.
        X: (N, D).
        activation: "relu", "tanh" or "sigmoid".

    Returns:
        scores: (N, C).
    """
    ### BEGIN SOLUTION
    activate, _ = activation_functions(activation)
    L = _number_of_layers(frozen)
    h = X
    for layer in range(1, L):
        h, _ = affine_forward(h, frozen[f"W{layer}"], frozen[f"b{layer}"])
        if f"scale{layer}" in frozen:
            h = batchnorm_inference(h, frozen[f"scale{layer}"], frozen[f"shift{layer}"])
        h, _ = activate(h)
    scores, _ = affine_forward(h, frozen[f"W{L}"], frozen[f"b{L}"])
    return scores
    ### END SOLUTION
