"""Activation functions, forward and backward."""

from __future__ import annotations

import numpy as np


def sigmoid_forward(x):
    is_positive = x > 0
    is_not_positive = np.logical_not(is_positive)
    out = np.zeros_like(x, dtype=float)
    out[is_positive] = 1.0 / (1.0 + np.exp(-x[is_positive]))
    exponential = np.exp(x[is_not_positive])
    out[is_not_positive] = exponential / (exponential + 1.0)
    cache = ("sigmoid", out.copy())
    return out, cache


def sigmoid_backward(dout, cache):
    name, s = cache
    assert name == "sigmoid"
    derivative = s * (1.0 - s)
    dx = dout * derivative
    return dx


def tanh_forward(x):
    # two sigmoids: tanh(x) = 2 sigma(2x) - 1, by way of exp(-2|x|)
    decay = np.exp(-2.0 * np.abs(x))
    magnitude = (1.0 - decay) / (1.0 + decay)
    out = np.copysign(magnitude, x)
    cache = ("tanh", out.copy())
    return out, cache


def tanh_backward(dout, cache):
    name, t = cache
    assert name == "tanh"
    derivative = 1.0 - np.power(t, 2)
    dx = dout * derivative
    return dx


def relu_forward(x):
    is_active = x > 0
    out = np.where(is_active, x, np.zeros_like(x))
    return out, ("relu", is_active)


def relu_backward(dout, cache):
    name, is_active = cache
    dx = np.zeros_like(dout)
    dx[is_active] = dout[is_active]
    return dx


def leaky_relu_forward(x, slope=0.01):
    leaked = slope * x
    out = np.maximum(leaked, x)
    return out, ("leaky relu", x > 0, slope)


def leaky_relu_backward(dout, cache):
    name, is_active, slope = cache
    derivative = np.full(dout.shape, slope, dtype=float)
    derivative[is_active] = 1.0
    dx = dout * derivative
    return dx


def prelu_forward(x, alpha):
    alpha_for_every_sample = np.repeat(alpha[np.newaxis, :], x.shape[0], axis=0)
    is_active = x > 0
    out = np.where(is_active, x, alpha_for_every_sample * x)
    return out, ("prelu", x, is_active, alpha_for_every_sample)


def prelu_backward(dout, cache):
    name, x, is_active, alpha_for_every_sample = cache
    dx = np.where(is_active, dout, dout * alpha_for_every_sample)
    dalpha_for_every_sample = np.where(is_active, 0.0, dout * x)
    dalpha = np.sum(dalpha_for_every_sample, axis=0)
    return dx, dalpha


def maxout_forward(x, W, b):
    number_of_pieces = W.shape[0]
    best = np.full((x.shape[0], W.shape[2]), -np.inf)
    best_piece = np.full((x.shape[0], W.shape[2]), -1)
    for piece in range(number_of_pieces):
        candidate = np.matmul(x, W[piece]) + b[piece]
        is_better = candidate > best
        best = np.where(is_better, candidate, best)
        best_piece = np.where(is_better, piece, best_piece)
    return best, ("maxout", x, W, best_piece)


def maxout_backward(dout, cache):
    name, x, W, best_piece = cache
    dx = np.zeros(x.shape)
    dW = np.zeros(W.shape)
    db = np.zeros((W.shape[0], W.shape[2]))
    for piece in range(W.shape[0]):
        was_best = best_piece == piece
        dcandidate = np.where(was_best, dout, 0.0)
        dx = dx + np.matmul(dcandidate, W[piece].T)
        dW[piece, :, :] = np.matmul(x.T, dcandidate)
        db[piece, :] = np.sum(dcandidate, axis=0)
    return dx, dW, db
