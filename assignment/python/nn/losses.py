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
    raise NotImplementedError


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
    raise NotImplementedError


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
    raise NotImplementedError
