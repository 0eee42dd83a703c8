"""Softmax, its loss, and the loss of logistic regression."""

from __future__ import annotations

import numpy as np


def _log_softmax_stages(scores):
    number_of_classes = scores.shape[1]
    largest = np.max(scores, axis=1).reshape(-1, 1)
    shifted_scores = scores - np.repeat(largest, number_of_classes, axis=1)
    exponentials = np.exp(shifted_scores)
    normaliser = np.sum(exponentials, axis=1).reshape(-1, 1)
    log_probabilities = shifted_scores - np.log(normaliser)
    probabilities = exponentials / normaliser
    return log_probabilities, probabilities


def softmax(scores):
    log_probabilities, probabilities = _log_softmax_stages(scores)
    return probabilities


def softmax_loss(scores, y):
    number_of_samples, number_of_classes = scores.shape
    log_probabilities, probabilities = _log_softmax_stages(scores)

    # one-hot labels
    labels = np.zeros((number_of_samples, number_of_classes))
    for class_number in range(number_of_classes):
        labels[:, class_number] = y == class_number

    loss_of_each_sample = -np.sum(np.where(labels == 1, log_probabilities, 0.0), axis=1)
    loss = np.sum(loss_of_each_sample) / number_of_samples
    dscores_of_each_sample = probabilities - labels
    dscores = dscores_of_each_sample / number_of_samples
    return loss, dscores


def logistic_loss(theta, X, y):
    z = np.dot(X, theta)
    magnitude = np.abs(z)
    small_exponential = np.exp(-magnitude)  # never more than 1

    # log(1 + exp(-z)) and log(1 + exp(z)), for positive and negative z
    correction = np.log1p(small_exponential)
    minus_log_pi = np.where(z >= 0, correction, correction + magnitude)
    minus_log_one_minus_pi = np.where(z >= 0, correction + magnitude, correction)

    cost_of_positives = np.sum(minus_log_pi[y == 1])
    cost_of_negatives = np.sum(minus_log_one_minus_pi[y == 0])
    cost = cost_of_positives + cost_of_negatives

    pi = np.where(z >= 0, 1.0 / (1.0 + small_exponential), small_exponential / (1.0 + small_exponential))
    error = pi - y
    dtheta = np.dot(np.transpose(X), error)
    return cost, dtheta
