"""What a network's output is measured by: cross-entropy, for two classes and for many.

Shapes: N samples, D features, C classes.
"""

import numpy as np


def softmax(scores):
    """The probability of every class, ``p_k = exp(s_k) / sum_j exp(s_j)``.

    Right for scores as large as 10^4 and as small as -10^4.

    Args:
        scores: (N, C).

    Returns:
        probabilities: (N, C); each row sums to 1.
    """
    ### BEGIN SOLUTION
    # A constant taken from a row's scores cancels in the quotient.  With the largest one taken,
    # no exponent is above 0, so that nothing overflows.
    exponentials = np.exp(scores - np.max(scores, axis=1, keepdims=True))  # (N, C)
    return exponentials / np.sum(exponentials, axis=1, keepdims=True)
    ### END SOLUTION


def softmax_loss(scores, y):
    """The softmax loss (cross-entropy) and its gradient.

    ``L_i = -log(exp(s_{y_i}) / sum_k exp(s_k))``; the loss is the mean of the L_i.  Finite, and
    right to 1e-12, for scores as large as 10^4 and as small as -10^4.

    Args:
        scores: (N, C).
        y: (N,), integers in [0, C), the right class of every sample.

    Returns:
        loss: a number, the mean over the N samples.
        dscores: (N, C), the gradient of the loss with respect to the scores.
    """
    ### BEGIN SOLUTION
    N = len(scores)
    rows = np.arange(N)
    # The logarithm is taken of the formula, not of the probability, which may have underflowed:
    # log p_k = s_k - log(sum_j exp(s_j)), with the row's largest score taken from all of them.
    shifted = scores - np.max(scores, axis=1, keepdims=True)  # (N, C)
    log_sum = np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))  # (N, 1)
    log_probabilities = shifted - log_sum  # (N, C)
    loss = -np.mean(log_probabilities[rows, y])

    dscores = np.exp(log_probabilities)  # dL_i / ds_k = p_k, ...
    dscores[rows, y] -= 1  # ... and p_k - 1 where k is the right class
    dscores /= N  # the mean
    return loss, dscores
    ### END SOLUTION


def logistic_loss(theta, X, y):
    """The cost of logistic regression (cross-entropy) and its gradient.

    ``Pi_i = sigma(x_i theta)``, ``C(theta) = -sum_i [y_i log Pi_i + (1 - y_i) log(1 - Pi_i)]``: a
    sum, not a mean.  Finite, and right, also where ``|x_i theta|`` is 10^3.

    Args:
        theta: (D,), the parameters.
        X: (N, D), one sample a row.
        y: (N,), each 0 or 1.

    Returns:
        cost: a number.
        dtheta: (D,), the gradient of the cost with respect to theta.
    """
    ### BEGIN SOLUTION
    z = X @ theta  # (N, D) @ (D,) -> (N,)
    # Pi = 1 / (1 + exp(-z)) and 1 - Pi = 1 / (1 + exp(z)); logaddexp(0, z) is log(1 + exp(z)),
    # and doesn't overflow.
    log_pi = -np.logaddexp(0, -z)  # (N,)
    log_not_pi = -np.logaddexp(0, z)  # (N,)
    cost = -np.sum(y * log_pi + (1 - y) * log_not_pi)

    # Pi - y, written so that nothing cancels where Pi is close to y.
    dz = (1 - y) * np.exp(log_pi) - y * np.exp(log_not_pi)  # (N,)
    dtheta = X.T @ dz  # (D, N) @ (N,) -> (D,)
    return cost, dtheta
    ### END SOLUTION
