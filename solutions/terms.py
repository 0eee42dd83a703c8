"""Of what terms some of the results are the sum, so that one that is missing can be named."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.checks.diagnosis import TermFunction

from .cases.drawing import Floats, Ints

__all__ = ["TERMS"]

Terms = dict[str, dict[str, Any]]


def affine_forward(x: Floats, W: Floats, b: Floats, dout: Any = None) -> Terms:  # noqa: ARG001
    """``x W + b``."""
    return {"out": {"the product of x and W": x @ W, "the bias": b}}


def softmax_loss(scores: Floats, y: Ints, dout: Any = None) -> Terms:  # noqa: ARG001
    """``(p - 1[label]) / N``."""
    N = len(scores)
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    label = np.zeros(scores.shape)
    label[np.arange(N), y] = 1
    return {
        "dscores": {"the probabilities": e / e.sum(axis=1, keepdims=True) / N, "the label's own": -label / N},
    }


def batchnorm_forward(x: Floats, gamma: Floats, beta: Floats, eps: float = 1e-5, dout: Any = None) -> Terms:  # noqa: ARG001
    """``gamma (x - mu) / std + beta``."""
    std = np.sqrt(x.var(axis=0) + eps)
    return {
        "out": {"the mean's": -gamma * x.mean(axis=0) / std, "β": beta, "x̂, scaled": gamma * (x - x.mean(axis=0)) / std}
    }


def batchnorm_backward(x: Floats, gamma: Floats, beta: Floats, eps: float = 1e-5, *, dout: Floats) -> Terms:  # noqa: ARG001
    """Dx comes directly, by way of the variance and by way of the mean."""
    m = len(x)
    std, centered = np.sqrt(x.var(axis=0) + eps), x - x.mean(axis=0)
    g = dout * gamma
    return {
        "dx": {
            "the path that leads through neither mean nor variance": g / std,
            "the path through the variance": -(g * centered).sum(axis=0) * centered / std**3 / m,
            "the path through the mean": -g.sum(axis=0) / std / m,
        }
    }


def inference_parameters(
    gamma: Floats,
    beta: Floats,
    mean: Floats,
    var: Floats,
    eps: float = 1e-5,
    dout: Any = None,  # noqa: ARG001
) -> Terms:
    """``shift = beta - scale mean``."""
    return {"shift": {"β": beta, "the scaled mean": -gamma / np.sqrt(var + eps) * mean}}


TERMS: dict[str, TermFunction] = {
    "affine_forward": affine_forward,
    "softmax_loss": softmax_loss,
    "batchnorm_forward": batchnorm_forward,
    "batchnorm_backward": batchnorm_backward,
    "inference_parameters": inference_parameters,
}
"""By function."""
