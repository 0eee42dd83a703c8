"""Batch normalization: Algorithm 1 (training) and Algorithm 2 (inference).

Ioffe and Szegedy, "Batch Normalization: Accelerating Deep Network Training by Reducing Internal
Covariate Shift", 2015.  Shapes: m samples in a mini-batch, D features, B mini-batches.
"""

import numpy as np


def batchnorm_forward(x, gamma, beta, eps=1e-5):
    """Algorithm 1: normalize every feature over the mini-batch, then scale and shift it.

    ``mu`` and ``var`` are the mini-batch's mean and variance (with divisor m),
    ``x_hat = (x - mu) / sqrt(var + eps)``, ``out = gamma x_hat + beta``.  Right to 1e-9 also where
    the mean is 10^4 times the standard deviation.

    Args:
        x: (m, D), a mini-batch.
        gamma: (D,), the scales.
        beta: (D,), the shifts.
        eps: a small number that keeps the root away from zero.

    Returns:
        out: (m, D).
        cache: whatever batchnorm_backward needs.
    """
    raise NotImplementedError


def batchnorm_backward(dout, cache):
    """The gradients of the loss, also through the mini-batch's mean and variance.

    Args:
        dout: (m, D), the gradient with respect to ``out``.
        cache: what batchnorm_forward returned.

    Returns:
        dx: (m, D).
        dgamma: (D,).
        dbeta: (D,).
    """
    raise NotImplementedError


def undo_parameters(x, eps=1e-5):
    """The gamma and beta with which Algorithm 1 gives ``x`` back exactly.

    The network can learn to undo the normalization.

    Args:
        x: (m, D), a mini-batch.
        eps: as in batchnorm_forward.

    Returns:
        gamma: (D,).
        beta: (D,).
    """
    raise NotImplementedError


def population_statistics(batches):
    """Algorithm 2, line 10: the statistics of the population, from those of many mini-batches.

    ``E[x] = E_B[mu_B]`` and ``Var[x] = m / (m - 1) E_B[sigma_B^2]``.

    Args:
        batches: (B, m, D): B mini-batches of m > 1 samples each.

    Returns:
        mean: (D,).
        var: (D,).
    """
    raise NotImplementedError


def inference_parameters(gamma, beta, mean, var, eps=1e-5):
    """Algorithm 2, line 11: the whole transform folded into one scale and one shift.

    ``y = gamma / sqrt(Var[x] + eps) x + (beta - gamma E[x] / sqrt(Var[x] + eps))``

    Args:
        gamma: (D,), as learned.
        beta: (D,), as learned.
        mean: (D,), of the population.
        var: (D,), of the population.
        eps: as in batchnorm_forward.

    Returns:
        scale: (D,).
        shift: (D,).
    """
    raise NotImplementedError


def batchnorm_inference(x, scale, shift):
    """Batch normalization at inference, ``scale x + shift``: each sample by itself.

    Args:
        x: (N, D).
        scale: (D,), from inference_parameters.
        shift: (D,), from inference_parameters.

    Returns:
        out: (N, D).
    """
    raise NotImplementedError
