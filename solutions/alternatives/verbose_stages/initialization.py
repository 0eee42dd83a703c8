"""Initial weights, and what they do to the activations of a deep network."""

from __future__ import annotations

import numpy as np


def zero_init(fan_in, fan_out):
    weights = np.zeros((fan_in, fan_out))
    return weights


def gaussian_init(fan_in, fan_out, std, rng):
    unit_gaussians = rng.standard_normal(size=(fan_in, fan_out))
    weights = unit_gaussians * std
    return weights


def xavier_init(fan_in, fan_out, rng):
    variance = 1.0 / fan_in
    standard_deviation = np.sqrt(variance)
    return gaussian_init(fan_in, fan_out, standard_deviation, rng)


def he_init(fan_in, fan_out, rng):
    variance = 2.0 / fan_in
    standard_deviation = np.sqrt(variance)
    return gaussian_init(fan_in, fan_out, standard_deviation, rng)


def active_bias(fan_out):
    slightly_positive = 0.1
    return np.array([slightly_positive] * fan_out)


def activation_statistics(x, weights, activation):
    number_of_layers = len(weights)
    means = np.zeros(number_of_layers)
    stds = np.zeros(number_of_layers)
    layer_input = x
    for layer_number in range(number_of_layers):
        before_activation = np.matmul(layer_input, weights[layer_number])
        if activation == "relu":
            after_activation = np.where(before_activation > 0, before_activation, 0.0)
        elif activation == "tanh":
            after_activation = np.tanh(before_activation)
        elif activation == "sigmoid":
            after_activation = 0.5 * (1.0 + np.tanh(0.5 * before_activation))
        else:
            raise ValueError("no such activation: " + activation)
        mean = np.mean(after_activation)
        variance = np.mean((after_activation - mean) ** 2)
        means[layer_number] = mean
        stds[layer_number] = np.sqrt(variance)
        layer_input = after_activation
    return means, stds
