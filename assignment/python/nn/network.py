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
    raise NotImplementedError


def network_scores(params, X, activation):
    """The network's scores; batch normalization takes the statistics of the batch ``X`` itself.

    Args:
        params: the parameters, a dict of arrays.
        X: (N, D).
        activation: "relu", "tanh" or "sigmoid".

    Returns:
        scores: (N, C).
    """
    raise NotImplementedError


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
    raise NotImplementedError


def sgd_step(params, grads, learning_rate):
    """One step of gradient descent.

    Args:
        params: the parameters, a dict of arrays; they are not changed.
        grads: a dict with the same keys.
        learning_rate: a number.

    Returns:
        params: new ones, against the gradient.
    """
    raise NotImplementedError


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
    raise NotImplementedError


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
    raise NotImplementedError


def inference_scores(frozen, X, activation):
    """The scores of the frozen network: a sample's no longer depend on the rest of its batch.

    Args:
        frozen: the parameters that freeze_batchnorm returned.
        X: (N, D).
        activation: "relu", "tanh" or "sigmoid".

    Returns:
        scores: (N, C).
    """
    raise NotImplementedError
