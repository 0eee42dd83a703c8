"""The tester is tested: the extended-precision functions against values that are known in closed form."""

from __future__ import annotations

import math

import numpy as np
from unit.solutions import extended


def test_forward_is_rounded_from_more_than_double_precision() -> None:
    x = np.array([[1e16, 1.0], [1.0, -1e16]])
    assert (extended.forward("affine", x, np.ones((2, 1)), np.full(1, -1e16)) == [[1.0], [-2e16 + 1]]).all()


def test_derivatives_known_in_closed_form() -> None:
    [slope] = extended.backward("sigmoid", np.ones((1, 2)), np.array([[0.0, math.log(3)]]))
    assert (np.abs(slope - [[1 / 4, 3 / 16]]) <= 1e-16).all()
    [slope] = extended.backward("tanh", np.full((1, 1), 2.0), np.zeros((1, 1)))
    assert slope == 2.0
    [dx] = extended.backward("quadratic_features", np.array([[0.0, 0.0, 1.0, 0.0, 0.0]]), np.array([[3.0, 5.0]]))
    assert (dx == [[6.0, 0.0]]).all()
    [dscores] = extended.backward("softmax_loss", 1.0, np.zeros((1, 4)), np.array([2]))
    assert (dscores == [[0.25, 0.25, -0.75, 0.25]]).all()


def test_batchnorm_of_two_samples_is_known_in_closed_form() -> None:
    # With x = (-a, a): x_hat = x / sqrt(a^2 + eps), whose derivative is eps / (a^2 + eps)^(3/2) along (-1, 1).
    a, eps = 0.5, 1e-5
    x = np.array([[-a], [a]])
    dx, dgamma, dbeta = extended.backward("batchnorm", np.array([[-1.0], [1.0]]), x, np.ones(1), np.zeros(1), eps=eps)
    expected = eps / (a**2 + eps) ** 1.5
    assert (np.abs(dx / [[-expected], [expected]] - 1) < 1e-15).all()
    assert abs(dgamma[0] / (2 * a / math.sqrt(a**2 + eps)) - 1) < 1e-15
    assert dbeta[0] == 0


def test_losses_known_in_closed_form() -> None:
    assert extended.forward("softmax_loss", np.zeros((3, 8)), np.array([0, 3, 7])) == math.log(8)
    assert extended.forward("softmax_loss", np.array([[1e4, -1e4]]), np.array([1])) == 2e4
    assert extended.forward("logistic_loss", np.zeros(2), np.ones((3, 2)), np.array([0, 1, 1])) == 3 * math.log(2)


def test_gradients_leave_the_arguments_alone_and_cover_dicts() -> None:
    params = {"W1": np.array([[1.0, -2.0]]), "b1": np.array([0.0, 3.0])}
    [grads] = extended.backward("network_scores", np.ones((1, 2)), params, np.array([[5.0]]), "relu")
    assert (grads["W1"] == 5.0).all()
    assert (grads["b1"] == 1.0).all()
    assert (params["W1"] == [[1.0, -2.0]]).all()
