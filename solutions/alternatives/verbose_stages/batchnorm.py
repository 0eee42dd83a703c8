"""Batch normalization, Algorithms 1 and 2 of the paper."""

from __future__ import annotations

import numpy as np


def batchnorm_forward(x, gamma, beta, eps=1e-5):
    m = x.shape[0]
    # Algorithm 1, first line
    mini_batch_mean = np.sum(x, axis=0) / m
    # second line
    deviations = x - mini_batch_mean
    squared_deviations = deviations**2
    mini_batch_variance = np.sum(squared_deviations, axis=0) / m
    # third line
    variance_plus_eps = mini_batch_variance + eps
    standard_deviation = np.sqrt(variance_plus_eps)
    inverse_standard_deviation = 1.0 / standard_deviation
    normalized = deviations * inverse_standard_deviation
    # fourth line
    scaled = gamma * normalized
    out = scaled + beta
    cache = {
        "deviations": deviations,
        "standard_deviation": standard_deviation,
        "inverse_standard_deviation": inverse_standard_deviation,
        "normalized": normalized,
        "gamma": gamma,
        "m": m,
    }
    return out, cache


def batchnorm_backward(dout, cache):
    m = cache["m"]
    deviations = cache["deviations"]
    standard_deviation = cache["standard_deviation"]
    inverse_standard_deviation = cache["inverse_standard_deviation"]

    # out = scaled + beta
    dbeta = np.sum(dout, axis=0)
    dscaled = dout
    # scaled = gamma * normalized
    dgamma = np.sum(dscaled * cache["normalized"], axis=0)
    dnormalized = dscaled * cache["gamma"]
    # normalized = deviations * inverse_standard_deviation
    ddeviations = dnormalized * inverse_standard_deviation
    dinverse_standard_deviation = np.sum(dnormalized * deviations, axis=0)
    # inverse_standard_deviation = 1 / standard_deviation
    dstandard_deviation = -dinverse_standard_deviation / standard_deviation**2
    # standard_deviation = sqrt(variance_plus_eps)
    dvariance_plus_eps = dstandard_deviation / (2.0 * standard_deviation)
    # mini_batch_variance = sum(squared_deviations) / m
    dsquared_deviations = np.ones_like(dout) * dvariance_plus_eps / m
    # squared_deviations = deviations ** 2
    ddeviations = ddeviations + 2.0 * deviations * dsquared_deviations
    # deviations = x - mini_batch_mean
    dx = ddeviations
    dmini_batch_mean = -np.sum(ddeviations, axis=0)
    # mini_batch_mean = sum(x) / m
    dx = dx + np.ones_like(dout) * dmini_batch_mean / m
    return dx, dgamma, dbeta


def undo_parameters(x, eps=1e-5):
    mean = np.mean(x, axis=0)
    variance = np.mean((x - mean) ** 2, axis=0)
    gamma = np.sqrt(variance + eps)
    beta = mean
    return gamma, beta


def population_statistics(batches):
    number_of_batches, m, number_of_features = batches.shape
    sum_of_means = np.zeros(number_of_features)
    sum_of_variances = np.zeros(number_of_features)
    for batch in batches:
        mini_batch_mean = np.mean(batch, axis=0)
        mini_batch_variance = np.mean((batch - mini_batch_mean) ** 2, axis=0)
        sum_of_means = sum_of_means + mini_batch_mean
        sum_of_variances = sum_of_variances + mini_batch_variance
    mean = sum_of_means / number_of_batches
    mean_of_variances = sum_of_variances / number_of_batches
    unbiased_variance = m / (m - 1) * mean_of_variances
    return mean, unbiased_variance


def inference_parameters(gamma, beta, mean, var, eps=1e-5):
    standard_deviation = np.sqrt(var + eps)
    scale = gamma / standard_deviation
    shift = beta - gamma * mean / standard_deviation
    return scale, shift


def batchnorm_inference(x, scale, shift):
    out = scale * x + shift
    return out
